using System.Numerics;
using System.Runtime.CompilerServices;
using GmmNative.Interop.Simd;

namespace GmmNative.Interop.Managed;

/// <summary>Blocks of four rows, for processors with 16 vector registers: 4 x 3 sums, a row of B and a broadcast element of A.</summary>
internal readonly unsafe struct ProductKernel4<TSimd, TVector, T> : IProductKernel<TVector, T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static int Rows => 4;

    // Each row is a separate local: an array of rows would be in memory, not in registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<TRow, TAccess>(
        int strips, int k, nint stripA, nint stepA, nint stepB, T* a, T* b, T* c, int ldc, bool add, T* bias)
        where TRow : unmanaged, IRowTile<TRow, TVector, T>
        where TAccess : struct, IOperandAccess
    {
        TRow c0 = TRow.Zero;
        TRow c1 = TRow.Zero;
        TRow c2 = TRow.Zero;
        TRow c3 = TRow.Zero;
        nint jump = stripA - (k * stepA);
        for (; strips > 0; strips--, a += jump)
        {
            for (int p = k; p > 0; p--)
            {
                TRow row = TRow.Load(b);
                c0 = TRow.MultiplyAdd(TSimd.Broadcast(*a), row, c0);
                c1 = TRow.MultiplyAdd(TSimd.Broadcast(a[TAccess.RowStride]), row, c1);
                c2 = TRow.MultiplyAdd(TSimd.Broadcast(a[2 * TAccess.RowStride]), row, c2);
                c3 = TRow.MultiplyAdd(TSimd.Broadcast(a[3 * TAccess.RowStride]), row, c3);
                a += stepA;
                b += stepB;
            }
        }

        if (add)
        {
            TRow.AddTo(c0, c);
            TRow.AddTo(c1, c + ldc);
            TRow.AddTo(c2, c + (2 * (nint)ldc));
            TRow.AddTo(c3, c + (3 * (nint)ldc));
            return;
        }

        if (bias != null)
        {
            c0 = TRow.AddToAll(c0, TSimd.Broadcast(*bias));
            c1 = TRow.AddToAll(c1, TSimd.Broadcast(bias[1]));
            c2 = TRow.AddToAll(c2, TSimd.Broadcast(bias[2]));
            c3 = TRow.AddToAll(c3, TSimd.Broadcast(bias[3]));
        }

        TRow.Store(c0, c);
        TRow.Store(c1, c + ldc);
        TRow.Store(c2, c + (2 * (nint)ldc));
        TRow.Store(c3, c + (3 * (nint)ldc));
    }
}
