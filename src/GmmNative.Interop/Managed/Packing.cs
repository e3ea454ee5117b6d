using System.Runtime.CompilerServices;
using GmmNative.Interop.Simd;

namespace GmmNative.Interop.Managed;

/// <summary>
/// Packs operands into strips. A strip contains up to <c>width</c> vectors of the operand side by side, element p of all of them, then
/// element p + 1, so that a kernel reads it sequentially. The last strip is filled up with zeros.
/// </summary>
internal static unsafe class Packing
{
    /// <summary>Packs <paramref name="count"/> vectors that are rows: element p of vector i is at <c>source[i * ld + p]</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows<T>(T* source, int ld, int count, int length, int width, T* strip)
        where T : unmanaged
    {
        int block = Transposition.BlockSize<T>();
        int wholeRows = count / block * block;
        int wholeLength = length / block * block;
        for (int i = 0; i < wholeRows; i += block)
        {
            for (int p = 0; p < wholeLength; p += block)
            {
                Transposition.Block(source + (i * (nint)ld) + p, ld, strip + (p * (nint)width) + i, width);
            }
        }

        for (int i = 0; i < count; i++)
        {
            T* from = source + (i * (nint)ld);
            int start = i < wholeRows ? wholeLength : 0;
            T* to = strip + (start * (nint)width) + i;
            for (int p = start; p < length; p++, to += width)
            {
                *to = from[p];
            }
        }

        ClearRest(count, length, width, strip);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ClearRest<T>(int count, int length, int width, T* strip)
        where T : unmanaged
    {
        if (count == width)
        {
            return;
        }

        for (int p = 0; p < length; p++)
        {
            new Span<T>(strip + (p * (nint)width) + count, width - count).Clear();
        }
    }
}
