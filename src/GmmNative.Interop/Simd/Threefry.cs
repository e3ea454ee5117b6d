using System.Runtime.CompilerServices;

namespace GmmNative.Interop.Simd;

/// <summary>
/// The counter-based generator Threefry-2x64 with 20 rounds: two words of 64 random bits as a function of a key and a counter, without
/// state. Each lane of a vector has its own counter.
/// </summary>
/// <remarks>
/// Source: J. K. Salmon, M. A. Moraes, R. O. Dror and D. E. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011. It needs only
/// additions, rotations and exclusive ors, which all vector widths have, and any part of a sequence can be computed on its own. Words are
/// the bits of doubles, because the vectors of the kernels have floating-point elements.
/// </remarks>
internal static class Threefry<TSimd, TVector>
    where TSimd : struct, ISimd<TVector, double>
    where TVector : unmanaged
{
    /// <summary>The constant that the paper takes from the Skein hash function, so that a key of zeros is not mixed with zeros.</summary>
    private const ulong Parity = 0x1BD11BDAA9FC1A22;

    /// <summary>Computes two words per lane.</summary>
    /// <param name="key0">The first word of the key.</param>
    /// <param name="key1">The second word of the key.</param>
    /// <param name="word0">The first words of the counters; receives the first random words.</param>
    /// <param name="word1">The second words of the counters; receives the second random words.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(ulong key0, ulong key1, ref TVector word0, ref TVector word1)
    {
        ulong key2 = Parity ^ key0 ^ key1;
        TVector x = TSimd.AddBits(word0, Words(key0));
        TVector y = TSimd.AddBits(word1, Words(key1));
        FirstRounds(ref x, ref y);
        Inject(ref x, ref y, key1, key2 + 1);
        SecondRounds(ref x, ref y);
        Inject(ref x, ref y, key2, key0 + 2);
        FirstRounds(ref x, ref y);
        Inject(ref x, ref y, key0, key1 + 3);
        SecondRounds(ref x, ref y);
        Inject(ref x, ref y, key1, key2 + 4);
        FirstRounds(ref x, ref y);
        Inject(ref x, ref y, key2, key0 + 5);
        word0 = x;
        word1 = y;
    }

    /// <summary>Returns the same word in all lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Words(ulong word) => TSimd.Broadcast(BitConverter.UInt64BitsToDouble(word));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Inject(ref TVector x, ref TVector y, ulong toX, ulong toY)
    {
        x = TSimd.AddBits(x, Words(toX));
        y = TSimd.AddBits(y, Words(toY));
    }

    // The rounds are written out, because the numbers of places must be constants.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FirstRounds(ref TVector x, ref TVector y)
    {
        x = TSimd.AddBits(x, y);
        y = TSimd.XorBits(TSimd.RotateBitsLeft(y, 16), x);
        x = TSimd.AddBits(x, y);
        y = TSimd.XorBits(TSimd.RotateBitsLeft(y, 42), x);
        x = TSimd.AddBits(x, y);
        y = TSimd.XorBits(TSimd.RotateBitsLeft(y, 12), x);
        x = TSimd.AddBits(x, y);
        y = TSimd.XorBits(TSimd.RotateBitsLeft(y, 31), x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SecondRounds(ref TVector x, ref TVector y)
    {
        x = TSimd.AddBits(x, y);
        y = TSimd.XorBits(TSimd.RotateBitsLeft(y, 16), x);
        x = TSimd.AddBits(x, y);
        y = TSimd.XorBits(TSimd.RotateBitsLeft(y, 32), x);
        x = TSimd.AddBits(x, y);
        y = TSimd.XorBits(TSimd.RotateBitsLeft(y, 24), x);
        x = TSimd.AddBits(x, y);
        y = TSimd.XorBits(TSimd.RotateBitsLeft(y, 21), x);
    }
}
