namespace GmmNative.Expectation;

/// <summary>The number of digits of the moments of an E-step, and the test for covariances that have lost too many digits.</summary>
/// <param name="Epsilon">The rounding of one operation in the precision of the moments; 0 if digits are not checked.</param>
/// <param name="Tolerance">The relative error of a variance above which the moments are computed again about the new mean.</param>
internal readonly record struct MomentPrecision(double Epsilon, double Tolerance)
{
    /// <summary>A bound on a covariance is clear of noise if it is at least this many roundings of the moments.</summary>
    private const double NoiseMargin = 100;

    /// <summary>
    /// The smallest share of the second moment of all rows that the variance within components may have, if it is their difference.
    /// </summary>
    private const double MinimumWithinShare = 1e-4;

    /// <summary>The precision of a covariance that is the difference between the second moments of all rows and of the means.</summary>
    public MomentPrecision Pooled => this with { Tolerance = Math.Min(Tolerance, Epsilon / MinimumWithinShare) };

    /// <summary>Digits are not checked: the moments are used as they are.</summary>
    public static MomentPrecision Unchecked => default;

    /// <summary>Whether a variance is such a small difference of large moments that its digits are lost.</summary>
    /// <param name="second">The second moment from which the variance is computed.</param>
    /// <param name="variance">The variance, or the floor if it is larger.</param>
    public bool IsLost(double second, double variance) => Epsilon > 0 && second > 0 && !(second / variance * Epsilon <= Tolerance);

    /// <summary>Whether the rounding of a second moment could decide about a value of the given size.</summary>
    /// <param name="second">The second moment.</param>
    /// <param name="value">A pivot, or the bound that it is compared with.</param>
    public bool IsNoise(double second, double value) => !(value >= NoiseMargin * Epsilon * second);
}
