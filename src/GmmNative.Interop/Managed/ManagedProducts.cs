using System.Numerics;
using System.Runtime.CompilerServices;

namespace GmmNative.Interop;

/// <summary>
/// Matrix products from packed strips. The loops are those of every fast product since Goto: a block of k keeps a strip of B in
/// the first-level cache, a block of rows keeps the packed A in the second, and the kernel holds a block of C in registers.
/// </summary>
internal static unsafe class ManagedProducts<TKernel, TSimd, TVector, T>
    where TKernel : struct, IProductKernel<TVector, T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Length of the sums done at a time: a strip of B of this length is 48 KB at 512 bits, within the first-level cache or close to it.</summary>
    private const int BlockK = 256;

    /// <summary>Rows of A packed at a time: 256 KB in double, within the second-level cache beside the strips of B.</summary>
    private const int BlockM = 128;

    /// <summary>C += A' B, or the lower triangle of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddTransposedProduct(int m, int n, int k, T* a, int lda, T* b, int ldb, T* c, int ldc, bool lowerOnly)
    {
        ColumnStrips layout = new(n, TSimd.Count);
        fixed (T* strips = Scratch<T>.Take(Scratch<T>.StripsOfB, checked(layout.PaddedColumns * k)))
        {
            PackStrips(layout, k, b, ldb, strips);
            Multiply(m, k, a, lda, layout, strips, c, ldc, lowerOnly);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackStrips(in ColumnStrips layout, int k, T* b, int ldb, T* strips)
    {
        for (int p = 0; p < k; p += BlockK)
        {
            int length = Math.Min(BlockK, k - p);
            for (int s = 0; s < layout.Count; s++)
            {
                int column = s * layout.FullWidth;
                int width = layout.Vectors(s) * TSimd.Count;
                T* strip = strips + (p * (nint)layout.PaddedColumns) + (column * (nint)length);
                Packing.Columns(b + (p * (nint)ldb) + column, ldb, layout.ColumnsOf(s), length, width, strip);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply(int m, int k, T* a, int lda, in ColumnStrips layout, T* stripsOfB, T* c, int ldc, bool lowerOnly)
    {
        int height = TKernel.Rows;
        fixed (T* stripsOfA = Scratch<T>.Take(Scratch<T>.StripsOfA, BlockM * Math.Min(BlockK, Math.Max(1, k))))
        {
            for (int p = 0; p < k; p += BlockK)
            {
                int length = Math.Min(BlockK, k - p);
                T* blockOfB = stripsOfB + (p * (nint)layout.PaddedColumns);
                for (int i0 = 0; i0 < m; i0 += BlockM)
                {
                    int rows = Math.Min(BlockM, m - i0);
                    for (int i = 0; i < rows; i += height)
                    {
                        int count = Math.Min(height, rows - i);
                        T* strip = stripsOfA + (i * (nint)length);
                        Packing.Columns(a + (p * (nint)lda) + i0 + i, lda, count, length, height, strip);
                    }

                    for (int s = 0; s < layout.Count; s++)
                    {
                        int column = s * layout.FullWidth;
                        T* stripOfB = blockOfB + (column * (nint)length);
                        for (int i = 0; i < rows; i += height)
                        {
                            int row = i0 + i;
                            if (lowerOnly && column > row + height - 1)
                            {
                                continue;
                            }

                            MultiplyBlock(
                                layout.Vectors(s), length, stripsOfA + (i * (nint)length), stripOfB, c + (row * (nint)ldc) + column, ldc,
                                Math.Min(height, rows - i), layout.ColumnsOf(s), lowerOnly ? row - column : int.MaxValue);
                        }
                    }
                }
            }
        }
    }

    /// <summary>
    /// One block of C; where it is cut off by an edge or by the diagonal it is made beside C and copied. In row i of the block the
    /// columns up to <c>diagonal + i</c> are wanted.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyBlock(
        int vectors, int k, T* a, T* b, T* c, int ldc, int rows, int columns, int diagonal)
    {
        int width = vectors * TSimd.Count;
        bool cut = rows < TKernel.Rows || columns < width || diagonal < width - 1;
        if (!cut)
        {
            Run(vectors, k, a, b, c, ldc, add: true);
            return;
        }

        T* block = stackalloc T[TKernel.Rows * width];
        Run(vectors, k, a, b, block, width, add: false);
        for (int i = 0; i < rows; i++)
        {
            T* from = block + (i * width);
            T* to = c + (i * (nint)ldc);
            int end = diagonal == int.MaxValue ? columns : Math.Min(columns, diagonal + i + 1);
            for (int j = 0; j < end; j++)
            {
                to[j] += from[j];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Run(int vectors, int k, T* a, T* b, T* c, int ldc, bool add)
    {
        switch (vectors)
        {
            case 3:
                TKernel.Multiply<RowTile3<TSimd, TVector, T>, PackedAccess<TKernel, TVector, T>>(1, k, 0, a, b, c, ldc, add, null);
                break;
            case 2:
                TKernel.Multiply<RowTile2<TSimd, TVector, T>, PackedAccess<TKernel, TVector, T>>(1, k, 0, a, b, c, ldc, add, null);
                break;
            default:
                TKernel.Multiply<RowTile1<TSimd, TVector, T>, PackedAccess<TKernel, TVector, T>>(1, k, 0, a, b, c, ldc, add, null);
                break;
        }
    }
}
