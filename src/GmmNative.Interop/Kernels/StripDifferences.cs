using System.Numerics;
using System.Runtime.CompilerServices;
using GmmNative.Interop.Seam;
using GmmNative.Interop.Simd;

namespace GmmNative.Interop.Kernels;

/// <summary>
/// Computes differences of rows in strips from a point, and sums of their squares: the steps before and after a triangular solve. The same
/// for all backends.
/// </summary>
internal static unsafe class StripDifferences
{
    /// <summary>Computes value i of each row of the result as <c>x[coordinates[i]] - point[coordinates[i]]</c>.</summary>
    /// <remarks>
    /// Thread-safe. All lanes are computed, including those beyond the last row. Values beyond the coordinates are not written.
    /// </remarks>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The rows.</param>
    /// <param name="coordinates">The indices of the values, from 0 and below the height of <paramref name="x"/>.</param>
    /// <param name="point">One number per value of <paramref name="x"/>.</param>
    /// <param name="differences">Receives the differences; at least as many values per row as there are coordinates.</param>
    /// <exception cref="ArgumentException">A span is too short, a coordinate out of range, or the layouts differ.</exception>
    public static void Subtract<T>(
        ReadOnlyStripMatrix<T> x, ReadOnlySpan<int> coordinates, ReadOnlySpan<T> point, StripMatrix<T> differences)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        DenseArguments.CheckSameLayout(differences.Strips, x.Strips);
        DenseArguments.CheckHeight(differences.Height, coordinates.Length, nameof(differences));
        DenseArguments.CheckPlaces(coordinates, 0, x.Height, nameof(coordinates));
        ArgumentOutOfRangeException.ThrowIfLessThan(point.Length, x.Height, nameof(point));
        fixed (T* from = x.Values, origin = point, to = differences.Values)
        fixed (int* which = coordinates)
        {
            SimdDispatch.Run<Subtraction<T>, T>(
                new(x.Strips, x.Height, from, which, coordinates.Length, origin, to, differences.Height));
        }
    }

    /// <summary>Adds the sum of the squares of the values of each row to a total.</summary>
    /// <remarks>Thread-safe. The squares of one call are summed in <typeparamref name="T"/>, the totals in double.</remarks>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="values">The values.</param>
    /// <param name="n">The number of leading values per row that are used.</param>
    /// <param name="totals">One number per row, to which the sum is added.</param>
    /// <exception cref="ArgumentException">A span is too short, or rows have fewer than <paramref name="n"/> values.</exception>
    public static void AddSquares<T>(ReadOnlyStripMatrix<T> values, int n, Span<double> totals)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        DenseArguments.CheckHeight(values.Height, n, nameof(values));
        ArgumentOutOfRangeException.ThrowIfLessThan(totals.Length, values.Strips.Rows, nameof(totals));
        fixed (T* from = values.Values)
        fixed (double* to = totals)
        {
            SimdDispatch.Run<SquareSums<T>, T>(new(values.Strips, n, from, values.Height, to));
        }
    }

    private readonly struct Subtraction<T>(
        RowStrips strips, int dimension, T* x, int* coordinates, int count, T* point, T* differences, int height) : ISimdOperation<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector, T>
            where TVector : unmanaged
        {
            int width = strips.Width;
            int values = count;
            int* which = coordinates;
            T* center = point;
            T* strip = x;
            T* result = differences;
            for (int s = 0; s < strips.Count; s++, strip += dimension * (nint)width, result += height * (nint)width)
            {
                T* to = result;
                for (int i = 0; i < values; i++, to += width)
                {
                    T* from = strip + (which[i] * (nint)width);
                    TVector origin = TSimd.Broadcast(center[which[i]]);
                    for (int lane = 0; lane < width; lane += TSimd.Count)
                    {
                        TSimd.Store(TSimd.Subtract(TSimd.Load(from + lane), origin), to + lane);
                    }
                }
            }
        }
    }

    private readonly struct SquareSums<T>(RowStrips strips, int n, T* values, int height, double* totals) : ISimdOperation<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector, T>
            where TVector : unmanaged
        {
            int width = strips.Width;
            int count = n;
            T* strip = values;
            double* to = totals;
            T* lanes = stackalloc T[TSimd.Count];
            for (int s = 0; s < strips.Count; s++, strip += height * (nint)width)
            {
                int rows = strips.RowsOf(s);
                for (int lane = 0; lane < rows; lane += TSimd.Count)
                {
                    // Two partial sums hide the latency of the additions.
                    TVector even = TSimd.Zero;
                    TVector odd = TSimd.Zero;
                    T* p = strip + lane;
                    int i = 0;
                    for (; i < count - 1; i += 2, p += 2 * (nint)width)
                    {
                        TVector first = TSimd.Load(p);
                        TVector second = TSimd.Load(p + width);
                        even = TSimd.MultiplyAdd(first, first, even);
                        odd = TSimd.MultiplyAdd(second, second, odd);
                    }

                    if (i < count)
                    {
                        TVector last = TSimd.Load(p);
                        even = TSimd.MultiplyAdd(last, last, even);
                    }

                    TSimd.Store(TSimd.Add(even, odd), lanes);
                    int used = Math.Min(TSimd.Count, rows - lane);
                    for (int j = 0; j < used; j++)
                    {
                        to[j] += double.CreateTruncating(lanes[j]);
                    }

                    to += used;
                }
            }
        }
    }
}
