using GmmNative.Statistics;
using GmmNative.TestSupport;

namespace GmmNative.Tests.Support;

/// <summary>
/// Sums rows into sufficient statistics by plain loops, each row about the origin that a test chooses, beside the moments of the same rows
/// in numbers of 31 digits.
/// </summary>
internal static class PlainStatistics
{
    /// <summary>Adds a row to the moments about the origin common to all components.</summary>
    public static void AddAboutShift(
        SufficientStatistics statistics, int component, double posterior, ReadOnlySpan<double> row, double[] shift)
    {
        SharedOriginMoments moments = statistics.RequireSharedOrigin();
        moments.Weights[component] += posterior;
        int feature = 0;
        for (int d = 0; d < row.Length; d++)
        {
            moments.Sums[(feature++ * statistics.Components) + component] += posterior * (row[d] - shift[d]);
        }

        if (statistics.Layout.Features == row.Length)
        {
            return;
        }

        foreach (IReadOnlyList<int> group in statistics.Layout.Structure.Groups)
        {
            for (int a = 0; a < group.Count; a++)
            {
                for (int b = a; b < group.Count; b++)
                {
                    double product = (row[group[a]] - shift[group[a]]) * (row[group[b]] - shift[group[b]]);
                    moments.Sums[(feature++ * statistics.Components) + component] += posterior * product;
                }
            }
        }
    }

    /// <summary>Adds a row to the moments about the component's own origin.</summary>
    public static void AddAboutOrigin(
        SufficientStatistics statistics, int component, double posterior, ReadOnlySpan<double> row, ReadOnlySpan<double> origin)
    {
        OwnOriginMoments moments = statistics.RequireOwnOrigin();
        moments.Weights[component] += posterior;
        Span<double> first = moments.First(component);
        for (int d = 0; d < row.Length; d++)
        {
            first[d] += posterior * (row[d] - origin[d]);
        }

        IReadOnlyList<IReadOnlyList<int>> groups = statistics.Layout.Structure.Groups;
        for (int g = 0; g < groups.Count; g++)
        {
            IReadOnlyList<int> group = groups[g];
            Span<double> square = moments.Square(component, g);
            for (int a = 0; a < group.Count; a++)
            {
                for (int b = 0; b <= a; b++)
                {
                    square[(a * group.Count) + b] +=
                        posterior * (row[group[a]] - origin[group[a]]) * (row[group[b]] - origin[group[b]]);
                }
            }
        }
    }

    /// <summary>The mean of weighted rows, and of a prior that counts as further rows.</summary>
    public static DoubleDouble[] Mean(double[] posteriors, double[] rows, double prior = 0, double[]? priorMean = null)
    {
        int dimension = rows.Length / posteriors.Length;
        DoubleDouble[] mean = new DoubleDouble[dimension];
        DoubleDouble total = Total(posteriors, prior);
        for (int d = 0; d < dimension; d++)
        {
            for (int t = 0; t < posteriors.Length; t++)
            {
                mean[d] += (DoubleDouble)posteriors[t] * rows[(t * dimension) + d];
            }

            mean[d] = (mean[d] + (priorMean is null ? 0 : (DoubleDouble)prior * priorMean[d])) / total;
        }

        return mean;
    }

    /// <summary>The mean product of two coordinates' differences from a point.</summary>
    public static DoubleDouble Second(
        double[] posteriors, double[] rows, DoubleDouble[] point, int i, int j, double prior = 0, double[]? priorMean = null,
        double priorCovariance = 0)
    {
        int dimension = rows.Length / posteriors.Length;
        DoubleDouble sum = DoubleDouble.Zero;
        for (int t = 0; t < posteriors.Length; t++)
        {
            sum += posteriors[t] * ((rows[(t * dimension) + i] - point[i]) * (rows[(t * dimension) + j] - point[j]));
        }

        if (priorMean is not null)
        {
            sum += prior * (priorCovariance + ((priorMean[i] - point[i]) * (priorMean[j] - point[j])));
        }

        return sum / Total(posteriors, prior);
    }

    private static DoubleDouble Total(double[] posteriors, double prior) =>
        posteriors.Aggregate((DoubleDouble)prior, (sum, posterior) => sum + posterior);
}
