using System.Numerics;
using System.Runtime.CompilerServices;
using GmmNative.Interop.Seam;
using GmmNative.Interop.Simd;

namespace GmmNative.Interop.Managed;

/// <summary>
/// Forward substitution of rows in strips, one block of rows of L at a time. The triangles on the diagonal are inverted when L is packed,
/// so that everything runs in the product kernel, in place. Zeros of L are not multiplied.
/// </summary>
/// <remarks>Only triangles of 4 or 8 rows are inverted: inverting all of L would cost digits if L is ill-conditioned.</remarks>
internal static unsafe class TriangularSolves<TKernel, TSimd, TVector, T>
    where TKernel : struct, IProductKernel<TVector, T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// The number of elements of L that are applied to all strips at a time: they fit in the second-level cache with a strip.
    /// </summary>
    private const int PanelElements = 32768;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ManagedPackedFactor<T> Pack(int n, T* l, int ldl)
    {
        int height = TKernel.Rows;
        int blocks = (n + height - 1) / height;
        AlignedBuffer<T> buffer = new(checked((int)ManagedPackedFactor<T>.Start(blocks, height)));
        double* inverse = stackalloc double[height * height];
        fixed (T* packed = buffer.Span)
        {
            for (int block = 0; block < blocks; block++)
            {
                int first = block * height;
                int rows = Math.Min(height, n - first);
                T* source = l + (first * (nint)ldl);
                T* to = packed + ManagedPackedFactor<T>.Start(block, height);
                InvertTriangle(rows, source + first, ldl, inverse, height);
                for (int p = 0; p < first + rows; p++, to += height)
                {
                    for (int r = 0; r < rows; r++)
                    {
                        double* row = inverse + (r * height);
                        double sum = p < first ? 0 : row[p - first];
                        for (int q = 0; q <= r && p < first; q++)
                        {
                            sum -= row[q] * double.CreateTruncating(source[(q * (nint)ldl) + p]);
                        }

                        to[r] = T.CreateTruncating(sum);
                    }
                }
            }
        }

        return new ManagedPackedFactor<T>(n, buffer);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Solve(ManagedPackedFactor<T> factor, RowStrips strips, T* b, int heightB)
    {
        int n = factor.Order;
        int height = TKernel.Rows;
        int blocks = (n + height - 1) / height;
        int width = strips.Width;
        fixed (T* packed = factor.Blocks.Span)
        {
            for (int first = 0, end; first < blocks; first = end)
            {
                end = first + 1;
                while (end < blocks
                    && ManagedPackedFactor<T>.Start(end + 1, height) - ManagedPackedFactor<T>.Start(first, height) <= PanelElements)
                {
                    end++;
                }

                for (int s = 0; s < strips.Count; s++)
                {
                    T* strip = b + (s * (nint)heightB * width);
                    for (int block = first; block < end; block++)
                    {
                        int row = block * height;
                        TKernel.Multiply<RowTile3<TSimd, TVector, T>, PackedAccess>(
                            1, Math.Min(row + height, n), 0, height, width, packed + ManagedPackedFactor<T>.Start(block, height), strip,
                            strip + (row * (nint)width), width, add: false, null);
                    }
                }
            }
        }
    }

    /// <summary>Computes the inverse of a triangle: the lower triangle, with zeros above it.</summary>
    private static void InvertTriangle(int n, T* l, int ldl, double* inverse, int ld)
    {
        for (int j = 0; j < n; j++)
        {
            for (int i = 0; i < n; i++)
            {
                double sum = i == j ? 1 : 0;
                for (int k = j; k < i; k++)
                {
                    sum -= double.CreateTruncating(l[(i * (nint)ldl) + k]) * inverse[(k * ld) + j];
                }

                inverse[(i * ld) + j] = i < j ? 0 : sum / double.CreateTruncating(l[(i * (nint)ldl) + i]);
            }
        }
    }
}
