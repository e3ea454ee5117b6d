using System.Numerics;

namespace GmmNative.Expectation;

/// <summary>What rounding in a precision may do to a log-density before another form has to be used.</summary>
/// <typeparam name="T">The precision.</typeparam>
internal static class PrecisionLimits<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Rounding of one operation in T, which the products may multiply up to <see cref="Tolerance"/>.</summary>
    public static double Epsilon => typeof(T) == typeof(double) ? Math.BitIncrement(1.0) - 1 : MathF.BitIncrement(1f) - 1f;

    /// <summary>The digits of moments that are taken in precision T.</summary>
    public static MomentPrecision MomentPrecision => new(Epsilon, Tolerance);

    /// <summary>
    /// Bound on the error of a log-density above which a form is not used; the error itself is typically a hundredth of it.
    /// </summary>
    private static double Tolerance => typeof(T) == typeof(double) ? 1e-10 : 1e-2;

    /// <summary>Whether a ratio of the magnitude of a sum's terms to that of its result is too large for precision T.</summary>
    public static bool IsTooLarge(double magnitude) => !(magnitude * Epsilon <= Tolerance);
}
