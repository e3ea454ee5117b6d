using System.Numerics;
using System.Runtime.CompilerServices;
using GmmNative.Interop.Seam;
using GmmNative.Interop.Simd;

namespace GmmNative.Interop.Kernels;

/// <summary>Computes weighted differences of rows from a point: the step before a symmetric product. The same for all backends.</summary>
internal static unsafe class WeightedRows
{
    /// <summary>
    /// For each row x with a weight w other than 0, adds w (x - origin) to a sum, and writes sqrt(w) (x - origin) as the next row of the
    /// result.
    /// </summary>
    /// <remarks>Thread-safe. Differences and the sum are double for every <typeparamref name="T"/>.</remarks>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="dimension">The number of values per row.</param>
    /// <param name="rows">The rows, row-major, one per weight.</param>
    /// <param name="weights">The weights, not negative.</param>
    /// <param name="origin">One number per value.</param>
    /// <param name="sum">One number per value, to which the weighted differences are added.</param>
    /// <param name="scaled">Receives the scaled differences.</param>
    /// <param name="stride">
    /// The number of elements from one row of <paramref name="scaled"/> to the next. Elements between rows are not written.
    /// </param>
    /// <returns>The number of rows written, which are those with a weight other than 0.</returns>
    /// <exception cref="ArgumentException">A span is too short, or the stride is less than the row length.</exception>
    public static int Scale<T>(
        int dimension, ReadOnlySpan<double> rows, ReadOnlySpan<double> weights, ReadOnlySpan<double> origin, Span<double> sum,
        Span<T> scaled, int stride)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        DenseArguments.CheckMatrix(weights.Length, dimension, rows, dimension, nameof(rows));
        DenseArguments.CheckMatrix<T>(weights.Length, dimension, scaled, stride, nameof(scaled));
        ArgumentOutOfRangeException.ThrowIfLessThan(origin.Length, dimension, nameof(origin));
        ArgumentOutOfRangeException.ThrowIfLessThan(sum.Length, dimension, nameof(sum));
        Span<double> row = typeof(T) == typeof(double) ? [] : Scratch<double>.Take(Scratch<double>.Work, dimension)[..dimension];
        fixed (double* from = rows, factors = weights, about = origin, total = sum, wide = row)
        fixed (T* to = scaled)
        {
            return SimdDispatch.Run<Scaling, double, int>(
                new(dimension, from, factors, weights.Length, about, total, wide, to, stride * (nint)sizeof(T)));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Narrow(int n, double* from, float* to)
    {
        int i = 0;
        for (; i <= n - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Narrow(Vector.Load(from + i), Vector.Load(from + i + Vector<double>.Count)).Store(to + i);
        }

        for (; i < n; i++)
        {
            to[i] = (float)from[i];
        }
    }

    /// <summary>The loop over rows. The result is in double, or in single precision if there is memory for a widened row.</summary>
    private readonly struct Scaling(
        int n, double* rows, double* weights, int count, double* origin, double* sum, double* wide, void* scaled, nint strideBytes)
        : ISimdFunction<double, int>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public int Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector, double>
            where TVector : unmanaged
        {
            double* row = rows;
            byte* target = (byte*)scaled;
            int used = 0;
            for (int r = 0; r < count; r++, row += n)
            {
                double weight = weights[r];
                if (weight == 0)
                {
                    continue;
                }

                ScaleRow<TSimd, TVector>(n, row, weight, Math.Sqrt(weight), origin, sum, wide == null ? (double*)target : wide);
                if (wide != null)
                {
                    Narrow(n, wide, (float*)target);
                }

                target += strideBytes;
                used++;
            }

            return used;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void ScaleRow<TSimd, TVector>(
            int n, double* row, double weight, double root, double* origin, double* sum, double* result)
            where TSimd : struct, ISimd<TVector, double>
            where TVector : unmanaged
        {
            TVector weights = TSimd.Broadcast(weight);
            TVector roots = TSimd.Broadcast(root);
            int d = 0;
            for (; d <= n - TSimd.Count; d += TSimd.Count)
            {
                TVector difference = TSimd.Subtract(TSimd.Load(row + d), TSimd.Load(origin + d));
                TSimd.Store(TSimd.MultiplyAdd(weights, difference, TSimd.Load(sum + d)), sum + d);
                TSimd.Store(TSimd.Multiply(roots, difference), result + d);
            }

            for (; d < n; d++)
            {
                double difference = row[d] - origin[d];
                sum[d] += weight * difference;
                result[d] = root * difference;
            }
        }
    }
}
