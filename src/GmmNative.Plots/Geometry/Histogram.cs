namespace GmmNative.Plots.Geometry;

/// <summary>A histogram with bins of equal width.</summary>
/// <param name="Minimum">The left edge of the first bin.</param>
/// <param name="Width">The width of a bin.</param>
/// <param name="Counts">The sum of the weights of the values in each bin. A value on an edge belongs to the bin to its right.</param>
internal sealed record Histogram(double Minimum, double Width, IReadOnlyList<double> Counts)
{
    private const int MaximumBins = 80;

    /// <summary>The right edge of the last bin. A value on it belongs to the last bin.</summary>
    public double Maximum => Minimum + (Width * Counts.Count);

    /// <summary>The sum of all weights.</summary>
    public double Total => Counts.Sum();

    /// <summary>The density of each bin: the integral over all bins is one.</summary>
    public IEnumerable<double> Densities => Counts.Select(count => count / (Total * Width));

    /// <summary>
    /// Counts values in bins of the width of Freedman and Diaconis, 2 IQR / n^(1/3). There are at least 2 n^(1/3) bins, because the
    /// interquartile range of several clusters is wide, and at most 80.
    /// </summary>
    /// <param name="values">The values, at least one.</param>
    /// <param name="weights">The weight of each value.</param>
    public static Histogram Of(ReadOnlySpan<double> values, ReadOnlySpan<double> weights)
    {
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        double minimum = sorted[0];
        double range = sorted[^1] - minimum;
        if (range == 0)
        {
            // All values are equal: one bin around them.
            double width = minimum == 0 ? 1 : Math.Abs(minimum) / 10;
            return new Histogram(minimum - (width / 2), width, [weights.ToArray().Sum()]);
        }

        double quartiles = sorted[Math.Min(sorted.Length - 1, 3 * sorted.Length / 4)] - sorted[sorted.Length / 4];
        double wanted = range / (2 * quartiles / Math.Cbrt(sorted.Length));
        int bins = (int)Math.Min(Math.Ceiling(Math.Max(wanted, 2 * Math.Cbrt(sorted.Length))), MaximumBins);
        double[] counts = new double[bins];
        for (int i = 0; i < values.Length; i++)
        {
            int bin = (int)((values[i] - minimum) / range * bins);
            counts[Math.Clamp(bin, 0, bins - 1)] += weights[i];
        }

        return new Histogram(minimum, range / bins, counts);
    }
}
