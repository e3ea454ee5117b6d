using System.Runtime.CompilerServices;

namespace GmmNative.Interop.Simd;

/// <summary>
/// Transforms random words to pairs of independent standard normal numbers: r cos(a) and r sin(a), with r^2 / 2 exponentially distributed
/// and the angle a uniform.
/// </summary>
/// <remarks>
/// Source: G. E. P. Box and M. E. Muller, "A note on the generation of random normal deviates", 1958. There are no branches, so all lanes
/// take the same steps. The uniform numbers have 52 bits, so no normal number is beyond 8.5. The functions are polynomials of this class,
/// not those of .NET, so that an update of .NET changes no sequence. They are accurate to about 4 units in the last place of r.
/// </remarks>
internal static class NormalPairs<TSimd, TVector>
    where TSimd : struct, ISimd<TVector, double>
    where TVector : unmanaged
{
    private const int MantissaBits = 52;

    /// <summary>The bits of 1 and of the square root of 1/2, which bounds the mantissas whose logarithms are computed.</summary>
    private const ulong One = 0x3FF0000000000000;
    private const ulong RootOfHalf = 0x3FE6A09E667F3BCD;

    /// <summary>Computes uniform numbers in [1, 2) from the 52 upper bits of words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector FromOneToTwo(TVector words) =>
        TSimd.AddBits(TSimd.ShiftBitsRight(words, 64 - MantissaBits), Threefry<TSimd, TVector>.Words(One));

    /// <summary>Replaces two random words per lane by two normal numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transform(ref TVector first, ref TVector second)
    {
        // 2 - [1, 2) is in (0, 1], where the logarithm is finite.
        TVector radius = TSimd.SquareRoot(MinusTwoLog(TSimd.Subtract(TSimd.Broadcast(2), FromOneToTwo(first))));
        TVector turn = TSimd.Subtract(FromOneToTwo(second), TSimd.Broadcast(1.5));
        CosineAndSine(turn, out TVector cosine, out TVector sine);
        first = TSimd.Multiply(radius, cosine);
        second = TSimd.Multiply(radius, sine);
    }

    /// <summary>
    /// Computes -2 log u for u in (0, 1]: u = 2^e m with m from the square root of 1/2 to that of 2, and log m = 2 artanh(s) with
    /// s = (m - 1) / (m + 1), by the series s + s^3 / 3 + ... + s^19 / 19. The next term is below 2e-17 of s.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector MinusTwoLog(TVector u)
    {
        TVector shifted = TSimd.AddBits(u, Threefry<TSimd, TVector>.Words(One - RootOfHalf));
        TVector exponentBits = TSimd.ShiftBitsRight(shifted, MantissaBits);
        TVector mantissaBits = TSimd.XorBits(shifted, TSimd.ShiftToExponent(exponentBits));
        TVector m = TSimd.AddBits(mantissaBits, Threefry<TSimd, TVector>.Words(RootOfHalf));

        // The integer in the lowest bits of 2^52 is a double that exceeds 2^52 by this integer.
        const double Magic = 4503599627370496;
        TVector e = TSimd.Subtract(TSimd.AddBits(exponentBits, TSimd.Broadcast(Magic)), TSimd.Broadcast(Magic + 1023));

        TVector one = TSimd.Broadcast(1);
        TVector s = TSimd.Divide(TSimd.Subtract(m, one), TSimd.Add(m, one));
        TVector w = TSimd.Multiply(s, s);
        TVector p = TSimd.Broadcast(1.0 / 19);
        p = TSimd.MultiplyAdd(p, w, TSimd.Broadcast(1.0 / 17));
        p = TSimd.MultiplyAdd(p, w, TSimd.Broadcast(1.0 / 15));
        p = TSimd.MultiplyAdd(p, w, TSimd.Broadcast(1.0 / 13));
        p = TSimd.MultiplyAdd(p, w, TSimd.Broadcast(1.0 / 11));
        p = TSimd.MultiplyAdd(p, w, TSimd.Broadcast(1.0 / 9));
        p = TSimd.MultiplyAdd(p, w, TSimd.Broadcast(1.0 / 7));
        p = TSimd.MultiplyAdd(p, w, TSimd.Broadcast(1.0 / 5));
        p = TSimd.MultiplyAdd(p, w, TSimd.Broadcast(1.0 / 3));
        p = TSimd.MultiplyAdd(p, w, one);
        TVector minusFour = TSimd.Multiply(s, TSimd.Broadcast(-4));
        return TSimd.MultiplyAdd(e, TSimd.Broadcast(-1.3862943611198906), TSimd.Multiply(minusFour, p));
    }

    /// <summary>
    /// Computes cos and sin of 2 pi v for v in [-1/2, 1/2]: the Taylor polynomials of a quarter of the angle, up to t^16, and twice the
    /// formulas of the doubled angle, which need no choice of a quadrant.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CosineAndSine(TVector v, out TVector cosine, out TVector sine)
    {
        TVector t = TSimd.Multiply(v, TSimd.Broadcast(1.5707963267948966));
        TVector w = TSimd.Multiply(t, t);
        TVector s = TSimd.Broadcast(-7.647163731819816e-13);
        s = TSimd.MultiplyAdd(s, w, TSimd.Broadcast(1.6059043836821613e-10));
        s = TSimd.MultiplyAdd(s, w, TSimd.Broadcast(-2.505210838544172e-08));
        s = TSimd.MultiplyAdd(s, w, TSimd.Broadcast(2.7557319223985893e-06));
        s = TSimd.MultiplyAdd(s, w, TSimd.Broadcast(-0.0001984126984126984));
        s = TSimd.MultiplyAdd(s, w, TSimd.Broadcast(0.008333333333333333));
        s = TSimd.MultiplyAdd(s, w, TSimd.Broadcast(-0.16666666666666666));
        s = TSimd.MultiplyAdd(TSimd.Multiply(s, w), t, t);
        TVector c = TSimd.Broadcast(4.779477332387385e-14);
        c = TSimd.MultiplyAdd(c, w, TSimd.Broadcast(-1.1470745597729725e-11));
        c = TSimd.MultiplyAdd(c, w, TSimd.Broadcast(2.08767569878681e-09));
        c = TSimd.MultiplyAdd(c, w, TSimd.Broadcast(-2.755731922398589e-07));
        c = TSimd.MultiplyAdd(c, w, TSimd.Broadcast(2.48015873015873e-05));
        c = TSimd.MultiplyAdd(c, w, TSimd.Broadcast(-0.001388888888888889));
        c = TSimd.MultiplyAdd(c, w, TSimd.Broadcast(0.041666666666666664));
        c = TSimd.MultiplyAdd(c, w, TSimd.Broadcast(-0.5));
        TVector one = TSimd.Broadcast(1);
        c = TSimd.MultiplyAdd(c, w, one);
        Double(ref c, ref s, one);
        Double(ref c, ref s, one);
        cosine = c;
        sine = s;
    }

    /// <summary>Replaces cos(t) and sin(t) by cos(2 t) = 1 - 2 sin(t)^2 and sin(2 t) = 2 sin(t) cos(t).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Double(ref TVector cosine, ref TVector sine, TVector one)
    {
        TVector twice = TSimd.Add(sine, sine);
        TVector doubled = TSimd.Multiply(twice, cosine);
        cosine = TSimd.Subtract(one, TSimd.Multiply(twice, sine));
        sine = doubled;
    }
}
