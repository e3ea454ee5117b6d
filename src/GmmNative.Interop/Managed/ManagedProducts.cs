using System.Numerics;
using System.Runtime.CompilerServices;
using GmmNative.Interop.Seam;
using GmmNative.Interop.Simd;

namespace GmmNative.Interop.Managed;

/// <summary>
/// Computes lower triangles of products A' B of row-major matrices. Both operands are read in place: consecutive elements of a row form a
/// vector of B, and are contiguous in A as the kernel needs them, so nothing is packed.
/// </summary>
internal static unsafe class ManagedProducts<TKernel, TSimd, TVector, T>
    where TKernel : struct, IProductKernel<TVector, T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// The length of the sums of one step: three vectors of B and the rows of A for a block then stay in the first-level cache, 48 KB at
    /// 512 bits.
    /// </summary>
    private const int BlockK = 192;

    /// <summary>Whether rows of n elements can be read in place, because vectors and blocks extend beyond n.</summary>
    public static bool HasRoom(int n, int k, int ld, int length) =>
        ld >= Math.Max(new ColumnStrips(n, TSimd.Count).PaddedColumns, (n + TKernel.Rows - 1) / TKernel.Rows * TKernel.Rows)
        && length >= k * (long)ld;

    /// <summary>Copies rows to memory with padding.</summary>
    /// <param name="n">The number of elements per row.</param>
    /// <param name="k">The number of rows.</param>
    /// <param name="a">The rows.</param>
    /// <param name="lda">The leading dimension of the rows.</param>
    /// <param name="copy">Memory for k rows of <see cref="PaddedRows.Stride"/> elements.</param>
    public static void CopyRows(int n, int k, T* a, int lda, T* copy)
    {
        int stride = PaddedRows.Stride(n);
        for (int p = 0; p < k; p++)
        {
            new ReadOnlySpan<T>(a + (p * (nint)lda), n).CopyTo(new Span<T>(copy + (p * (nint)stride), n));
        }
    }

    /// <summary>
    /// Computes the lower triangle of C += A' B, with A and B k x n with the same leading dimension, and padding as <see cref="HasRoom"/>
    /// requires.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddLower(int n, int k, T* a, T* b, int ld, T* c, int ldc)
    {
        int height = TKernel.Rows;
        ColumnStrips columns = new(n, TSimd.Count);
        for (int p = 0; p < k; p += BlockK)
        {
            int length = Math.Min(BlockK, k - p);
            for (int s = 0; s < columns.Count; s++)
            {
                int column = s * columns.FullWidth;
                T* partOfB = b + (p * (nint)ld) + column;
                for (int i = column / height * height; i < n; i += height)
                {
                    // Vectors right of the diagonal are skipped.
                    int vectors = Math.Min(columns.Vectors(s), ((i + height - 1 - column) / TSimd.Count) + 1);
                    AddBlock(
                        vectors, length, a + (p * (nint)ld) + i, partOfB, ld, c + (i * (nint)ldc) + column, ldc,
                        Math.Min(height, n - i), columns.ColumnsOf(s), i - column);
                }
            }
        }
    }

    /// <summary>
    /// Adds one block of C. A block that crosses an edge or the diagonal is computed in scratch memory, and only the needed part is added.
    /// In row i of the block, the columns up to <c>diagonal + i</c> are needed.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddBlock(int vectors, int k, T* a, T* b, int ld, T* c, int ldc, int rows, int columns, int diagonal)
    {
        int width = vectors * TSimd.Count;
        if (rows == TKernel.Rows && columns >= width && diagonal >= width - 1)
        {
            ProductBlocks<TKernel, TSimd, TVector, T>.Multiply<PackedAccess>(vectors, 1, k, 0, ld, ld, a, b, c, ldc, add: true);
            return;
        }

        T* block = stackalloc T[TKernel.Rows * width];
        ProductBlocks<TKernel, TSimd, TVector, T>.Multiply<PackedAccess>(vectors, 1, k, 0, ld, ld, a, b, block, width, add: false);
        ProductBlocks<TKernel, TSimd, TVector, T>.AddPart(block, width, c, ldc, rows, Math.Min(columns, width), diagonal);
    }
}
