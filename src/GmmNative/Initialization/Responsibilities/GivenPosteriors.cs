using CommunityToolkit.HighPerformance;

namespace GmmNative.Initialization.Responsibilities;

/// <summary>Checks posteriors that are given as a start: T x K, each row a distribution over the components.</summary>
internal static class GivenPosteriors
{
    /// <summary>The maximum difference of the sum of a row from 1: the rounding of numbers in single precision.</summary>
    private const double SumTolerance = 1e-6;

    /// <summary>Checks the shape and every row.</summary>
    /// <param name="posteriors">T x K.</param>
    /// <param name="rows">T if it is known.</param>
    /// <param name="components">K.</param>
    /// <param name="what">The name of the posteriors in messages.</param>
    /// <exception cref="VectorDataException">
    /// The shape differs, or a row contains a negative number or NaN or does not sum to 1. The message names the row, from 1.
    /// </exception>
    public static void Check(ReadOnlyMemory2D<double> posteriors, long? rows, int components, string what)
    {
        if (posteriors.Width != components || (rows is { } expected && posteriors.Height != expected))
        {
            string wanted = rows is { } count ? $"{count} rows (one per vector) and " : "";
            throw new VectorDataException(
                $"{what}: there are {posteriors.Height} rows of {posteriors.Width} posteriors, but {wanted}{components} columns (one per "
                + "component) are needed.");
        }

        for (int t = 0; t < posteriors.Height; t++)
        {
            double sum = 0;
            for (int k = 0; k < components; k++)
            {
                double value = posteriors.Span[t, k];
                if (!(value >= 0))
                {
                    throw new VectorDataException(FormattableString.Invariant(
                        $"{what}: row {t + 1}, column {k + 1}: the posterior is {value}, but must be at least 0."));
                }

                sum += value;
            }

            if (!(Math.Abs(sum - 1) <= SumTolerance))
            {
                throw new VectorDataException(FormattableString.Invariant(
                    $"{what}: row {t + 1}: the posteriors sum to {sum:G9}, but must sum to 1."));
            }
        }
    }

    /// <summary>Returns the posteriors of the rows of positive weight, which are the rows of the training.</summary>
    /// <param name="posteriors">T x K.</param>
    /// <param name="weights">The weights of the rows; empty if all weights are 1.</param>
    public static ReadOnlyMemory2D<double> OfPositiveWeight(ReadOnlyMemory2D<double> posteriors, ReadOnlySpan<double> weights)
    {
        if (weights.Length != posteriors.Height || !weights.Contains(0))
        {
            return posteriors;
        }

        int next = 0;
        double[,] result = new double[weights.Length - System.MemoryExtensions.Count(weights, 0.0), posteriors.Width];
        for (int t = 0; t < weights.Length; t++)
        {
            if (weights[t] != 0)
            {
                posteriors.Span.GetRowSpan(t).CopyTo(result.GetRowSpan(next++));
            }
        }

        return result;
    }
}
