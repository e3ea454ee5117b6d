using System.Numerics;
using System.Runtime.CompilerServices;

namespace GmmNative.Interop;

/// <summary>Cholesky factor, inverse and triangular solve in managed code.</summary>
internal static unsafe class ManagedFactorizations<TKernel, TSimd, TVector, T>
    where TKernel : struct, IProductKernel<TVector, T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Vectors of rows solved at a time: enough independent sums to hide the latency of each.</summary>
    private const int SolveVectors = 8;

    /// <summary>Row by row: each entry is a dot product of two rows of L, both contiguous.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Cholesky(int n, T* a, int lda)
    {
        for (int i = 0; i < n; i++)
        {
            T* row = a + (i * (nint)lda);
            for (int j = 0; j < i; j++)
            {
                T* other = a + (j * (nint)lda);
                row[j] = (row[j] - Dot(row, other, j)) / other[j];
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

    /// <summary>X = L^-1 by forward substitution of the identity, a row of X at a time; then the lower triangle of X' X.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void InvertFromCholesky(int n, T* a, int lda)
    {
        if (n == 0)
        {
            return;
        }

        fixed (T* x = Scratch<T>.Take(Scratch<T>.Work, n * n))
        {
            new Span<T>(x, n * n).Clear();
            for (int i = 0; i < n; i++)
            {
                T* l = a + (i * (nint)lda);
                T* row = x + (i * (nint)n);
                row[i] = T.One;
                for (int j = 0; j < i; j++)
                {
                    AddScaled(row, x + (j * (nint)n), -l[j], j + 1);
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

            ManagedProducts<TKernel, TSimd, TVector, T>.AddTransposedProduct(n, n, n, x, n, x, n, a, lda, lowerOnly: true);
        }
    }

    /// <summary>Forward substitution with a row of X in each vector lane, several vectors side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SolveTriangular(int m, int n, T* l, int ldl, T* x, int ldx)
    {
        int width = SolveVectors * TSimd.Count;
        fixed (T* work = Scratch<T>.Take(Scratch<T>.Work, n * width))
        {
            for (int i = 0; i < m; i += width)
            {
                int rows = Math.Min(width, m - i);
                T* block = x + (i * (nint)ldx);
                Packing.Rows(block, ldx, rows, n, width, work);
                SolveStrip(n, l, ldl, work);
                for (int r = 0; r < rows; r++)
                {
                    T* to = block + (r * (nint)ldx);
                    T* from = work + r;
                    for (int j = 0; j < n; j++, from += width)
                    {
                        to[j] = *from;
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SolveStrip(int n, T* l, int ldl, T* strip)
    {
        int count = TSimd.Count;
        int width = SolveVectors * count;
        for (int i = 0; i < n; i++)
        {
            T* row = l + (i * (nint)ldl);
            T* to = strip + (i * (nint)width);
            TVector s0 = TSimd.Load(to);
            TVector s1 = TSimd.Load(to + count);
            TVector s2 = TSimd.Load(to + (2 * count));
            TVector s3 = TSimd.Load(to + (3 * count));
            TVector s4 = TSimd.Load(to + (4 * count));
            TVector s5 = TSimd.Load(to + (5 * count));
            TVector s6 = TSimd.Load(to + (6 * count));
            TVector s7 = TSimd.Load(to + (7 * count));
            T* from = strip;
            for (int j = 0; j < i; j++, from += width)
            {
                TVector scale = TSimd.Broadcast(-row[j]);
                s0 = TSimd.MultiplyAdd(scale, TSimd.Load(from), s0);
                s1 = TSimd.MultiplyAdd(scale, TSimd.Load(from + count), s1);
                s2 = TSimd.MultiplyAdd(scale, TSimd.Load(from + (2 * count)), s2);
                s3 = TSimd.MultiplyAdd(scale, TSimd.Load(from + (3 * count)), s3);
                s4 = TSimd.MultiplyAdd(scale, TSimd.Load(from + (4 * count)), s4);
                s5 = TSimd.MultiplyAdd(scale, TSimd.Load(from + (5 * count)), s5);
                s6 = TSimd.MultiplyAdd(scale, TSimd.Load(from + (6 * count)), s6);
                s7 = TSimd.MultiplyAdd(scale, TSimd.Load(from + (7 * count)), s7);
            }

            TVector inverse = TSimd.Broadcast(T.One / row[i]);
            TSimd.Store(TSimd.Multiply(s0, inverse), to);
            TSimd.Store(TSimd.Multiply(s1, inverse), to + count);
            TSimd.Store(TSimd.Multiply(s2, inverse), to + (2 * count));
            TSimd.Store(TSimd.Multiply(s3, inverse), to + (3 * count));
            TSimd.Store(TSimd.Multiply(s4, inverse), to + (4 * count));
            TSimd.Store(TSimd.Multiply(s5, inverse), to + (5 * count));
            TSimd.Store(TSimd.Multiply(s6, inverse), to + (6 * count));
            TSimd.Store(TSimd.Multiply(s7, inverse), to + (7 * count));
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
