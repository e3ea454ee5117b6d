using System.Numerics;
using System.Runtime.CompilerServices;
using GmmNative.Interop.Seam;
using GmmNative.Interop.Simd;

namespace GmmNative.Interop.Kernels;

/// <summary>The exponential pass for one vector width. Each lane is a row, so maxima and sums run over components within a lane.</summary>
internal static unsafe class StripPosteriors<TSimd, TVector, T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// The number of vectors whose sums are multiplied before a logarithm is computed. A sum is between 1 and the number of components, at
    /// most 2^31.
    /// </summary>
    private const int MaximumFactors = 16;

    /// <summary>Computes posteriors, and returns the sum of the log-sums of the rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Run(RowStrips strips, int n, T* l, int height, double* logSums, double* sums)
    {
        int width = strips.Width;
        nint strip = height * (nint)width;
        T* lanes = stackalloc T[2 * TSimd.Count];
        double* products = stackalloc double[TSimd.Count];
        Span<double> pending = new(products, TSimd.Count);
        pending.Fill(1);
        int factors = 0;
        double total = 0;
        for (int s = 0; s < strips.Count; s++, l += strip)
        {
            int rows = strips.RowsOf(s);
            for (int lane = 0; lane < rows; lane += TSimd.Count)
            {
                (TVector top, TVector sum) = Exponentiate(n, l + lane, width);
                TSimd.Store(top, lanes);
                TSimd.Store(sum, lanes + TSimd.Count);
                double tops = Sum(lanes);
                if (logSums == null && rows - lane >= TSimd.Count && double.IsFinite(tops))
                {
                    // Single rows are not needed: one logarithm of a product of sums serves many rows.
                    total += tops;
                    Multiply(products, lanes + TSimd.Count);
                    if (++factors == MaximumFactors)
                    {
                        total += TakeLogs(pending);
                        factors = 0;
                    }

                    Scale(n, l + lane, width, TSimd.Divide(TSimd.Broadcast(T.One), sum));
                    continue;
                }

                for (int i = 0; i < Math.Min(TSimd.Count, rows - lane); i++)
                {
                    double log = LogSum(n, l + lane + i, width, lanes[i], ref lanes[TSimd.Count + i]);
                    total += log;
                    if (logSums != null)
                    {
                        *logSums++ = log;
                    }
                }

                Scale(n, l + lane, width, TSimd.Load(lanes + TSimd.Count));
            }

            ClearEmpty(n, l, height, width, rows);
            if (sums != null)
            {
                AddSums(n, l, width, sums);
            }
        }

        return total + TakeLogs(pending);
    }

    /// <summary>Returns the sum of the elements of a vector, in double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Sum(T* lanes)
    {
        double sum = 0;
        for (int i = 0; i < TSimd.Count; i++)
        {
            sum += double.CreateTruncating(lanes[i]);
        }

        return sum;
    }

    /// <summary>Multiplies products, one per lane, by the elements of a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply(double* products, T* lanes)
    {
        for (int i = 0; i < TSimd.Count; i++)
        {
            products[i] *= double.CreateTruncating(lanes[i]);
        }
    }

    /// <summary>Returns the sum of the logarithms of products, and resets the products to 1.</summary>
    private static double TakeLogs(Span<double> products)
    {
        double sum = 0;
        foreach (ref double product in products)
        {
            sum += Math.Log(product);
            product = 1;
        }

        return sum;
    }

    /// <summary>Computes exp(l - top) in place, where top is the largest value of each lane. Returns top and the sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (TVector Top, TVector Sum) Exponentiate(int n, T* l, int width)
    {
        TVector top = TSimd.Load(l);
        T* end = l + (n * (nint)width);
        for (T* p = l + width; p < end; p += width)
        {
            top = TSimd.Max(top, TSimd.Load(p));
        }

        // Rows that are not finite become zero here, and LogSum handles them. As infinities and NaN they would slow down the other lanes.
        TVector infinity = TSimd.Broadcast(T.PositiveInfinity);
        TVector shift = TSimd.SelectGreater(infinity, TSimd.Abs(top), top, infinity);
        TVector sum = TSimd.Zero;
        for (T* p = l; p < end; p += width)
        {
            TVector exp = Exponential<TSimd, TVector, T>.OfNonPositive(TSimd.Subtract(TSimd.Load(p), shift));
            TSimd.Store(exp, p);
            sum = TSimd.Add(sum, exp);
        }

        return (top, sum);
    }

    /// <summary>Returns the log-sum-exp of a row, and replaces the sum by its reciprocal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double LogSum(int n, T* l, int width, T top, ref T sum)
    {
        if (!T.IsFinite(top))
        {
            bool none = T.IsNegativeInfinity(top);
            sum = none ? T.One / T.CreateTruncating(n) : T.NaN;
            for (int k = 0; k < n; k++)
            {
                l[k * (nint)width] = T.One;
            }

            return none ? double.NegativeInfinity : double.NaN;
        }

        double log = double.CreateTruncating(top) + Math.Log(double.CreateTruncating(sum));
        sum = T.One / sum;
        return log;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scale(int n, T* l, int width, TVector scale)
    {
        T* end = l + (n * (nint)width);
        for (T* p = l; p < end; p += width)
        {
            TSimd.Store(TSimd.Multiply(TSimd.Load(p), scale), p);
        }
    }

    /// <summary>Sets the lanes beyond the last row and the values beyond n to zero, because the products also read them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ClearEmpty(int n, T* l, int height, int width, int rows)
    {
        for (int k = 0; k < n && rows < width; k++)
        {
            new Span<T>(l + (k * (nint)width) + rows, width - rows).Clear();
        }

        new Span<T>(l + (n * (nint)width), (height - n) * width).Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddSums(int n, T* l, int width, double* sums)
    {
        for (int k = 0; k < n; k++, l += width)
        {
            TVector sum = TSimd.Load(l);
            for (int lane = TSimd.Count; lane < width; lane += TSimd.Count)
            {
                sum = TSimd.Add(sum, TSimd.Load(l + lane));
            }

            sums[k] += double.CreateTruncating(TSimd.Sum(sum));
        }
    }
}
