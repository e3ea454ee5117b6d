namespace GmmNative.Expectation;

/// <summary>How many digits the moments of an E-step keep, and where a covariance that is made from them has lost too many.</summary>
/// <param name="Epsilon">Rounding of one operation in the precision of the moments; 0 where digits are not looked after.</param>
/// <param name="Tolerance">Relative error of a variance above which the moments are taken again about the new mean.</param>
internal readonly record struct MomentPrecision(double Epsilon, double Tolerance)
{
    /// <summary>A bound on a covariance that is at least this many roundings of the moments stands clear of their noise.</summary>
    private const double NoiseMargin = 100;

    /// <summary>Digits are not looked after: what the moments give is taken.</summary>
    public static MomentPrecision Unchecked => default;

    /// <summary>Whether a variance is so small a difference of large moments that its digits are lost.</summary>
    /// <param name="second">The second moment that it is made from.</param>
    /// <param name="variance">What is left of it; the floor, where that is larger.</param>
    public bool IsLost(double second, double variance) => Epsilon > 0 && second > 0 && !(second / variance * Epsilon <= Tolerance);

    /// <summary>Whether rounding of a second moment could decide about a value of the given size.</summary>
    /// <param name="second">The second moment.</param>
    /// <param name="value">A pivot, or the bound that decides about it.</param>
    public bool IsNoise(double second, double value) => !(value >= NoiseMargin * Epsilon * second);
}
