using System.Numerics;
using System.Runtime.CompilerServices;
using GmmNative.Interop.Seam;
using GmmNative.Interop.Simd;

namespace GmmNative.Interop.Managed;

/// <summary>
/// Computes matrix products in row strips. A strip is three vectors wide and is read in place. The first product packs only its fixed
/// operand, and the second only the operand with fewer values per row.
/// </summary>
internal static unsafe class StripProducts<TKernel, TSimd, TVector, T>
    where TKernel : struct, IProductKernel<TVector, T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// The length of the sums of one step: at 512 bits a strip of B is then 36 KB and a strip of A 12 KB, which together fill the
    /// first-level cache.
    /// </summary>
    private const int BlockK = 192;

    private static int Width => 3 * TSimd.Count;

    public static RowStrips Strips(int rows) => new(rows, Width);

    /// <summary>Packs A into the memory of an operand of the same sizes, or into new memory.</summary>
    public static ManagedPackedOperand<T> Pack(int m, int k, T* a, int lda, AlignedBuffer<T>? memory)
    {
        int height = TKernel.Rows;
        AlignedBuffer<T> strips = memory ?? new(checked(RowStrips.PaddedHeight(m) * k));
        fixed (T* packed = strips.Span)
        {
            for (int i = 0; i < m; i += height)
            {
                Packing.Rows(a + (i * (nint)lda), lda, Math.Min(height, m - i), k, height, packed + (i * (nint)k));
            }
        }

        return new ManagedPackedOperand<T>(m, k, strips);
    }

    /// <summary>Computes C = A B + bias, or C += A B without a bias.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(ManagedPackedOperand<T> a, int strips, T* b, int heightB, T* bias, T* c, int heightC)
    {
        int k = a.K;
        fixed (T* packed = a.Strips.Span)
        {
            // If there is nothing to sum, the kernel still writes the bias.
            for (int p = 0; p == 0 || p < k; p += BlockK)
            {
                int length = Math.Min(BlockK, k - p);
                bool add = bias == null || p > 0;
                for (int s = 0; s < strips; s++)
                {
                    T* stripOfB = b + (((s * (nint)heightB) + p) * Width);
                    T* stripOfC = c + (s * (nint)heightC * Width);
                    for (int i = 0; i < a.M; i += TKernel.Rows)
                    {
                        TKernel.Multiply<RowTile3<TSimd, TVector, T>, PackedAccess>(
                            1, length, 0, TKernel.Rows, Width, packed + (i * (nint)k) + (p * (nint)TKernel.Rows), stripOfB,
                            stripOfC + (i * (nint)Width), Width, add,
                            bias == null ? null : bias + i);
                    }
                }
            }
        }
    }

    /// <summary>Computes C += A B'.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddProduct(int m, int n, RowStrips strips, T* a, int heightA, T* b, int heightB, T* c, int ldc)
    {
        ColumnStrips columns = new(n, TSimd.Count);
        int lanes = strips.Lanes;
        T* block = stackalloc T[TKernel.Rows * Width];
        fixed (T* packed = Scratch<T>.Take(Scratch<T>.StripsOfB, checked(Width * lanes)))
        {
            for (int s = 0; s < columns.Count; s++)
            {
                int column = s * columns.FullWidth;
                int width = columns.Vectors(s) * TSimd.Count;
                int wanted = columns.ColumnsOf(s);
                for (int r = 0; r < strips.Count; r++)
                {
                    Packing.Rows(
                        b + (((r * (nint)heightB) + column) * Width), Width, wanted, Width, width, packed + (r * (nint)Width * width));
                }

                for (int i = 0; i < m; i += TKernel.Rows)
                {
                    T* stripsOfA = a + (i * (nint)Width);
                    T* to = c + (i * (nint)ldc) + column;

                    // A block that crosses an edge of C is computed in scratch memory.
                    bool isWhole = wanted == width && m - i >= TKernel.Rows;
                    ProductBlocks<TKernel, TSimd, TVector, T>.Multiply<LaneAccess<TSimd, TVector, T>>(
                        columns.Vectors(s), strips.Count, Width, heightA * (nint)Width, 1, width, stripsOfA, packed, isWhole ? to : block,
                        isWhole ? ldc : width, add: isWhole);
                    if (!isWhole)
                    {
                        ProductBlocks<TKernel, TSimd, TVector, T>.AddPart(
                            block, width, to, ldc, Math.Min(TKernel.Rows, m - i), wanted, diagonal: wanted);
                    }
                }
            }
        }
    }
}
