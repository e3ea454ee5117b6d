using System.Numerics;
using System.Runtime.CompilerServices;

namespace GmmNative.Interop.Simd;

/// <summary>
/// Computes exp(x) for x of at most 0: x = n log 2 + r with r within log(2) / 2 of 0, exp(r) by its Taylor polynomial, and n added to the
/// bits of the exponent.
/// </summary>
/// <remarks>
/// Accurate to 1.5 units in the last place; exp(0) is exactly 1. Only this range is needed. The function of .NET computes a whole vector in
/// scalar code if one element is below -708, and is a call in the unoptimized code of the first passes.
/// </remarks>
internal static class Exponential<TSimd, TVector, T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static bool IsDouble => typeof(T) == typeof(double);

    /// <summary>Computes exp element by element; 0 for elements not above <see cref="ExpRange"/> and for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector OfNonPositive(TVector x)
    {
        TVector minimum = Constant(IsDouble ? ExpRange.MinimumDouble : ExpRange.MinimumSingle);
        TVector clamped = TSimd.SelectGreater(x, minimum, x, minimum);

        // Adding 1.5 * 2^52 (2^23 in single precision) rounds to an integer, which is then in the lowest bits.
        TVector magic = Constant(IsDouble ? 6755399441055744.0 : 12582912.0);
        TVector shifted = TSimd.MultiplyAdd(clamped, Constant(1.4426950408889634), magic);
        TVector n = TSimd.Subtract(shifted, magic);

        // log 2 in two parts, the first with so few bits that its product with n is exact.
        TVector r = TSimd.MultiplyAdd(n, Constant(IsDouble ? -0.693147180369123816490 : -0.693359375), clamped);
        r = TSimd.MultiplyAdd(n, Constant(IsDouble ? -1.90821492927058770002e-10 : 2.12194440e-4), r);
        TVector scaled = TSimd.AddBits(Polynomial(r), TSimd.ShiftToExponent(shifted));
        return TSimd.SelectGreater(x, minimum, scaled, TSimd.Zero);
    }

    /// <summary>
    /// Computes 1 + r + r^2 / 2! + ..., up to r^13 in double and r^7 in single precision. The next terms are below 2e-17 and 6e-9 of 1.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Polynomial(TVector r)
    {
        TVector p;
        if (IsDouble)
        {
            p = Constant(1.6059043836821613e-10);
            p = TSimd.MultiplyAdd(p, r, Constant(2.08767569878681e-09));
            p = TSimd.MultiplyAdd(p, r, Constant(2.505210838544172e-08));
            p = TSimd.MultiplyAdd(p, r, Constant(2.755731922398589e-07));
            p = TSimd.MultiplyAdd(p, r, Constant(2.7557319223985893e-06));
            p = TSimd.MultiplyAdd(p, r, Constant(2.48015873015873e-05));
            p = TSimd.MultiplyAdd(p, r, Constant(0.0001984126984126984));
        }
        else
        {
            p = Constant(0.0001984126984126984);
        }

        p = TSimd.MultiplyAdd(p, r, Constant(0.001388888888888889));
        p = TSimd.MultiplyAdd(p, r, Constant(0.008333333333333333));
        p = TSimd.MultiplyAdd(p, r, Constant(0.041666666666666664));
        p = TSimd.MultiplyAdd(p, r, Constant(0.16666666666666666));
        p = TSimd.MultiplyAdd(p, r, Constant(0.5));
        p = TSimd.MultiplyAdd(p, r, TSimd.Broadcast(T.One));
        return TSimd.MultiplyAdd(p, r, TSimd.Broadcast(T.One));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Constant(double value) => TSimd.Broadcast(T.CreateTruncating(value));
}
