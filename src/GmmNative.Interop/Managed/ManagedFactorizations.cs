using System.Numerics;
using System.Runtime.CompilerServices;
using GmmNative.Interop.Seam;
using GmmNative.Interop.Simd;

namespace GmmNative.Interop.Managed;

/// <summary>Computes Cholesky factors and inverses in managed code.</summary>
internal static unsafe class ManagedFactorizations<TKernel, TSimd, TVector, T>
    where TKernel : struct, IProductKernel<TVector, T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The number of columns that are factored entry by entry before products are used.</summary>
    private const int BlockOrder = 48;

    /// <summary>
    /// Factors block columns from left to right: each block of columns entry by entry, then the product of the part below it with itself is
    /// subtracted from the rest (right-looking, Golub and Van Loan, 2013, 4.2.6).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Cholesky(int n, T* a, int lda)
    {
        for (int first = 0; first < n; first += BlockOrder)
        {
            int count = Math.Min(BlockOrder, n - first);
            T* block = a + (first * (nint)lda) + first;
            int info = FactorColumns(n - first, count, block, lda);
            if (info != 0)
            {
                return first + info;
            }

            int rest = n - first - count;
            if (rest > 0)
            {
                SubtractOuterProduct(rest, count, block + (count * (nint)lda), block + (count * (nint)(lda + 1)), lda);
            }
        }

        return 0;
    }

    /// <summary>
    /// Computes the first columns of the factor of a matrix: each entry is a dot product of two rows of L, both contiguous.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int FactorColumns(int rows, int columns, T* a, int lda)
    {
        for (int i = 0; i < rows; i++)
        {
            T* row = a + (i * (nint)lda);
            for (int j = 0; j < Math.Min(i, columns); j++)
            {
                T* other = a + (j * (nint)lda);
                row[j] = (row[j] - Dot(row, other, j)) / other[j];
            }

            if (i >= columns)
            {
                continue;
            }

            T pivot = row[i] - Dot(row, row, i);

            // Negated so that NaN fails.
            if (!(pivot > T.Zero) || !T.IsFinite(pivot))
            {
                return i + 1;
            }

            row[i] = T.Sqrt(pivot);
        }

        return 0;
    }

    /// <summary>Computes the lower triangle of C -= P P', with P n x k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SubtractOuterProduct(int n, int k, T* panel, T* c, int ld)
    {
        int stride = PaddedRows.Stride(n);
        int size = k * stride;
        fixed (T* work = Scratch<T>.Take(Scratch<T>.Work, 2 * size))
        {
            T* negated = work + size;
            Packing.Rows(panel, ld, n, k, stride, work);
            TVector minus = TSimd.Broadcast(-T.One);
            for (int i = 0; i < size; i += TSimd.Count)
            {
                TSimd.Store(TSimd.Multiply(TSimd.Load(work + i), minus), negated + i);
            }

            ManagedProducts<TKernel, TSimd, TVector, T>.AddLower(n, k, negated, work, stride, c, ld);
        }
    }

    /// <summary>
    /// Computes X = L^-1 by forward substitution of the identity, one row of X at a time, then the lower triangle of X' X.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void InvertFromCholesky(int n, T* a, int lda)
    {
        if (n == 0)
        {
            return;
        }

        int stride = PaddedRows.Stride(n);
        fixed (T* x = Scratch<T>.Take(Scratch<T>.Work, checked(n * stride)))
        {
            new Span<T>(x, n * stride).Clear();
            for (int i = 0; i < n; i++)
            {
                T* l = a + (i * (nint)lda);
                T* row = x + (i * (nint)stride);
                row[i] = T.One;
                for (int j = 0; j < i; j++)
                {
                    AddScaled(row, x + (j * (nint)stride), -l[j], j + 1);
                }

                T inverse = T.One / l[i];
                for (int j = 0; j <= i; j++)
                {
                    row[j] *= inverse;
                }
            }

            for (int i = 0; i < n; i++)
            {
                new Span<T>(a + (i * (nint)lda), i + 1).Clear();
            }

            ManagedProducts<TKernel, TSimd, TVector, T>.AddLower(n, n, x, x, stride, a, lda);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T Dot(T* x, T* y, int n)
    {
        int count = TSimd.Count;
        TVector first = TSimd.Zero;
        TVector second = TSimd.Zero;
        int i = 0;
        for (; i <= n - (2 * count); i += 2 * count)
        {
            first = TSimd.MultiplyAdd(TSimd.Load(x + i), TSimd.Load(y + i), first);
            second = TSimd.MultiplyAdd(TSimd.Load(x + i + count), TSimd.Load(y + i + count), second);
        }

        T sum = TSimd.Sum(TSimd.Add(first, second));
        for (; i < n; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddScaled(T* y, T* x, T scale, int n)
    {
        int count = TSimd.Count;
        TVector scales = TSimd.Broadcast(scale);
        int i = 0;
        for (; i <= n - count; i += count)
        {
            TSimd.Store(TSimd.MultiplyAdd(scales, TSimd.Load(x + i), TSimd.Load(y + i)), y + i);
        }

        for (; i < n; i++)
        {
            y[i] += scale * x[i];
        }
    }
}
