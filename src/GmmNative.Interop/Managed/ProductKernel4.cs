using System.Numerics;
using System.Runtime.CompilerServices;

namespace GmmNative.Interop;

/// <summary>Blocks of four rows, for processors with 16 vector registers: 4 x 3 sums, a row of B and a broadcast element of A.</summary>
internal readonly unsafe struct ProductKernel4<TSimd, TVector, T> : IProductKernel<TVector, T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static int Rows => 4;

    // Each row is a local of its own: an array of rows would live in memory, not in registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<TRow>(int k, T* a, T* b, T* c, int ldc, bool add)
        where TRow : unmanaged, IRowTile<TRow, TVector, T>
    {
        TRow c0 = TRow.Zero;
        TRow c1 = TRow.Zero;
        TRow c2 = TRow.Zero;
        TRow c3 = TRow.Zero;
        for (; k > 0; k--)
        {
            TRow row = TRow.Load(b);
            c0 = TRow.MultiplyAdd(TSimd.Broadcast(a[0]), row, c0);
            c1 = TRow.MultiplyAdd(TSimd.Broadcast(a[1]), row, c1);
            c2 = TRow.MultiplyAdd(TSimd.Broadcast(a[2]), row, c2);
            c3 = TRow.MultiplyAdd(TSimd.Broadcast(a[3]), row, c3);
            a += 4;
            b += TRow.Vectors * TSimd.Count;
        }

        if (add)
        {
            TRow.AddTo(c0, c);
            TRow.AddTo(c1, c + ldc);
            TRow.AddTo(c2, c + (2 * (nint)ldc));
            TRow.AddTo(c3, c + (3 * (nint)ldc));
        }
        else
        {
            TRow.Store(c0, c);
            TRow.Store(c1, c + ldc);
            TRow.Store(c2, c + (2 * (nint)ldc));
            TRow.Store(c3, c + (3 * (nint)ldc));
        }
    }
}
