namespace GmmNative.Inference.Comparison;

/// <summary>Quantiles of numbers.</summary>
internal static class Quantile
{
    /// <summary>
    /// Computes a quantile by linear interpolation between the two nearest numbers in order, as <c>numpy.quantile</c> does by default
    /// (definition 7 of R. J. Hyndman and Y. Fan, "Sample quantiles in statistical packages", 1996).
    /// </summary>
    /// <param name="numbers">At least one number, without NaN. They are sorted.</param>
    /// <param name="share">The share of the numbers below the quantile, 0 to 1.</param>
    /// <returns>The quantile; minus infinity if the lower of the two numbers is minus infinity.</returns>
    public static double Of(double[] numbers, double share)
    {
        Array.Sort(numbers);
        double place = share * (numbers.Length - 1);
        int below = (int)place;
        double rest = place - below;
        double lower = numbers[below];
        if (rest == 0 || !double.IsFinite(lower))
        {
            return lower;
        }

        // From the nearer of the two numbers, so that the result is never beyond them.
        double upper = numbers[below + 1];
        return rest < 0.5 ? lower + ((upper - lower) * rest) : upper - ((upper - lower) * (1 - rest));
    }
}
