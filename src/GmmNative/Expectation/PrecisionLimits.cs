using System.Numerics;

namespace GmmNative.Expectation;

/// <summary>Limits for the effect of rounding on a log-density. If a form exceeds them, another form is used.</summary>
/// <typeparam name="T">The precision.</typeparam>
internal static class PrecisionLimits<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The rounding of one operation in T. The products may amplify it up to <see cref="Tolerance"/>.</summary>
    public static double Epsilon => typeof(T) == typeof(double) ? Math.BitIncrement(1.0) - 1 : MathF.BitIncrement(1f) - 1f;

    /// <summary>The precision of moments that are computed in T.</summary>
    public static MomentPrecision MomentPrecision => new(Epsilon, Tolerance);

    /// <summary>
    /// The bound on the error of a log-density above which a form is not used. The error itself is typically 1% of the bound.
    /// </summary>
    private static double Tolerance => typeof(T) == typeof(double) ? 1e-10 : 1e-2;

    /// <summary>Whether the terms of a sum are too large for precision T, relative to the sum.</summary>
    public static bool IsTooLarge(double magnitude) => !(magnitude * Epsilon <= Tolerance);
}
