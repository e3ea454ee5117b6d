using System.Numerics.Tensors;
using GmmNative.Passes;
using GmmNative.Statistics;

namespace GmmNative.Initialization.Missing;

/// <summary>
/// The moments of the components of a start from the observed values of their rows. A missing value is treated as the origin of its
/// component with the variance of the observed values, so that covariances stay positive semidefinite.
/// </summary>
/// <param name="moments">The moments of the rows whose missing values are replaced by the origins.</param>
internal sealed class FilledStatistics(SufficientStatistics moments) : IAccumulator<FilledStatistics>
{
    /// <summary>The moments of the rows whose missing values are replaced by the origins.</summary>
    public SufficientStatistics Moments => moments;

    /// <summary>The weights of missing values: K x D.</summary>
    public double[] Missing { get; } = new double[checked(moments.Components * moments.Layout.Dimension)];

    /// <summary>Returns the weighted mean of the observed values of each component: K x D; the origin where there are none.</summary>
    public double[] ObservedMeans()
    {
        int dimension = moments.Layout.Dimension;
        double[] means = new double[Missing.Length];
        OwnOriginMoments own = moments.RequireOwnOrigin();
        for (int i = 0; i < means.Length; i++)
        {
            (int k, int d) = Math.DivRem(i, dimension);
            double observed = own.Weights[k] - Missing[i];
            means[i] = moments.Origins.Origin(k)[d] + (HasObserved(k, d) ? own.First(k)[d] / observed : 0);
        }

        return means;
    }

    /// <summary>Adds the variances of missing values, and returns the moments.</summary>
    /// <param name="deviations">The D standard deviations of the data, for components without observed values in a coordinate.</param>
    public SufficientStatistics WithVariances(ReadOnlySpan<double> deviations)
    {
        OwnOriginMoments own = moments.RequireOwnOrigin();
        int[][] groups = moments.Layout.Structure.GroupArrays;
        for (int k = 0; k < moments.Components; k++)
        {
            for (int g = 0; g < groups.Length; g++)
            {
                int n = groups[g].Length;
                for (int i = 0; i < n; i++)
                {
                    int d = groups[g][i];
                    double missing = Missing[(k * deviations.Length) + d];
                    ref double sum = ref own.Square(k, g)[(i * n) + i];
                    sum += missing * (HasObserved(k, d) ? sum / (own.Weights[k] - missing) : deviations[d] * deviations[d]);
                }
            }
        }

        return moments;
    }

    /// <inheritdoc/>
    public void Clear()
    {
        moments.Clear();
        Missing.AsSpan().Clear();
    }

    /// <inheritdoc/>
    public void Add(FilledStatistics other)
    {
        moments.Add(other.Moments);
        TensorPrimitives.Add(Missing, other.Missing, Missing);
    }

    /// <inheritdoc/>
    /// <remarks>The moments; K x D weights of missing values.</remarks>
    public void VisitSums(ISumVisitor visitor)
    {
        moments.VisitSums(visitor);
        visitor.Sums(Missing);
    }

    /// <summary>Whether a component has observed values in a coordinate. Less than 1e-12 of its weight may be rounding.</summary>
    private bool HasObserved(int component, int coordinate)
    {
        double weight = moments.RequireOwnOrigin().Weights[component];
        return weight - Missing[(component * moments.Layout.Dimension) + coordinate] > 1e-12 * weight;
    }
}
