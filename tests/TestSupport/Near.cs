namespace GmmNative.TestSupport;

/// <summary>Comparison of arrays of numbers within a stated error.</summary>
public static class Near
{
    /// <summary>
    /// The largest difference of two arrays, relative to the larger of the expected value's magnitude and <paramref name="scale"/>.
    /// </summary>
    public static double RelativeError(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double scale)
    {
        if (expected.Length != actual.Length)
        {
            throw new ArgumentException($"{actual.Length} values where {expected.Length} were expected.", nameof(actual));
        }

        double largest = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            double error = Math.Abs(expected[i] - actual[i]) / Math.Max(Math.Abs(expected[i]), scale);

            // NaN compares false with everything: it must not pass for a small error.
            largest = double.IsNaN(error) ? double.PositiveInfinity : Math.Max(largest, error);
        }

        return largest;
    }
}
