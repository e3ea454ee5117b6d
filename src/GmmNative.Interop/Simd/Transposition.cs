using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GmmNative.Interop.Simd;

/// <summary>Transposes small square blocks in registers. The rest of packing is plain copying.</summary>
internal static unsafe class Transposition
{
    /// <summary>Returns the order of the blocks: what fits into the registers of 256-bit vectors, or 1 without them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int BlockSize<T>()
        where T : unmanaged => Avx.IsSupported && (sizeof(T) == 8 || sizeof(T) == 4) ? 32 / sizeof(T) : 1;

    /// <summary>Writes the transpose of a block of order <see cref="BlockSize"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Block<T>(T* source, int ldSource, T* destination, int ldDestination)
        where T : unmanaged
    {
        if (!Avx.IsSupported)
        {
            *destination = *source;
        }
        else if (sizeof(T) == 8)
        {
            Block4((double*)source, ldSource, (double*)destination, ldDestination);
        }
        else
        {
            Block8((float*)source, ldSource, (float*)destination, ldDestination);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block4(double* source, nint ldSource, double* destination, nint ldDestination)
    {
        Vector256<double> r0 = Vector256.Load(source);
        Vector256<double> r1 = Vector256.Load(source + ldSource);
        Vector256<double> r2 = Vector256.Load(source + (2 * ldSource));
        Vector256<double> r3 = Vector256.Load(source + (3 * ldSource));
        Vector256<double> even01 = Avx.UnpackLow(r0, r1);
        Vector256<double> odd01 = Avx.UnpackHigh(r0, r1);
        Vector256<double> even23 = Avx.UnpackLow(r2, r3);
        Vector256<double> odd23 = Avx.UnpackHigh(r2, r3);
        Avx.Permute2x128(even01, even23, 0x20).Store(destination);
        Avx.Permute2x128(odd01, odd23, 0x20).Store(destination + ldDestination);
        Avx.Permute2x128(even01, even23, 0x31).Store(destination + (2 * ldDestination));
        Avx.Permute2x128(odd01, odd23, 0x31).Store(destination + (3 * ldDestination));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block8(float* source, nint ldSource, float* destination, nint ldDestination)
    {
        // Pairs of rows, then pairs of pairs, then halves.
        Vector256<float> a0 = Avx.UnpackLow(Vector256.Load(source), Vector256.Load(source + ldSource));
        Vector256<float> a1 = Avx.UnpackHigh(Vector256.Load(source), Vector256.Load(source + ldSource));
        Vector256<float> a2 = Avx.UnpackLow(Vector256.Load(source + (2 * ldSource)), Vector256.Load(source + (3 * ldSource)));
        Vector256<float> a3 = Avx.UnpackHigh(Vector256.Load(source + (2 * ldSource)), Vector256.Load(source + (3 * ldSource)));
        Vector256<float> a4 = Avx.UnpackLow(Vector256.Load(source + (4 * ldSource)), Vector256.Load(source + (5 * ldSource)));
        Vector256<float> a5 = Avx.UnpackHigh(Vector256.Load(source + (4 * ldSource)), Vector256.Load(source + (5 * ldSource)));
        Vector256<float> a6 = Avx.UnpackLow(Vector256.Load(source + (6 * ldSource)), Vector256.Load(source + (7 * ldSource)));
        Vector256<float> a7 = Avx.UnpackHigh(Vector256.Load(source + (6 * ldSource)), Vector256.Load(source + (7 * ldSource)));
        Vector256<float> b0 = Avx.Shuffle(a0, a2, 0x44);
        Vector256<float> b1 = Avx.Shuffle(a0, a2, 0xEE);
        Vector256<float> b2 = Avx.Shuffle(a1, a3, 0x44);
        Vector256<float> b3 = Avx.Shuffle(a1, a3, 0xEE);
        Vector256<float> b4 = Avx.Shuffle(a4, a6, 0x44);
        Vector256<float> b5 = Avx.Shuffle(a4, a6, 0xEE);
        Vector256<float> b6 = Avx.Shuffle(a5, a7, 0x44);
        Vector256<float> b7 = Avx.Shuffle(a5, a7, 0xEE);
        Avx.Permute2x128(b0, b4, 0x20).Store(destination);
        Avx.Permute2x128(b1, b5, 0x20).Store(destination + ldDestination);
        Avx.Permute2x128(b2, b6, 0x20).Store(destination + (2 * ldDestination));
        Avx.Permute2x128(b3, b7, 0x20).Store(destination + (3 * ldDestination));
        Avx.Permute2x128(b0, b4, 0x31).Store(destination + (4 * ldDestination));
        Avx.Permute2x128(b1, b5, 0x31).Store(destination + (5 * ldDestination));
        Avx.Permute2x128(b2, b6, 0x31).Store(destination + (6 * ldDestination));
        Avx.Permute2x128(b3, b7, 0x31).Store(destination + (7 * ldDestination));
    }
}
