using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GmmNative.Interop.Seam;
using GmmNative.Interop.Simd;

namespace GmmNative.Interop;

/// <summary>Differences of rows in strips from a point: what goes before a triangular solve. The same for all backends.</summary>
public static unsafe class StripDifferences
{
    /// <summary>Value i of each row of the result is <c>x[coordinates[i]] - point[coordinates[i]]</c>.</summary>
    /// <remarks>
    /// Thread-safe. In all lanes, those beyond the last row too; values of the result beyond the coordinates are left as they are.
    /// </remarks>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="strips">The layout.</param>
    /// <param name="dimension">Values a row of <paramref name="x"/>.</param>
    /// <param name="x">The rows in strips.</param>
    /// <param name="coordinates">Which values, from 0 and below <paramref name="dimension"/>.</param>
    /// <param name="point">One number a value of <paramref name="x"/>.</param>
    /// <param name="differences">Receives the differences.</param>
    /// <param name="height">Values a row of <paramref name="differences"/>, at least as many as there are coordinates.</param>
    /// <exception cref="ArgumentException">A span is too short, a coordinate out of range, or the layout not of whole vectors.</exception>
    public static void Subtract<T>(
        RowStrips strips, int dimension, ReadOnlySpan<T> x, ReadOnlySpan<int> coordinates, ReadOnlySpan<T> point, Span<T> differences,
        int height)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        DenseArguments.CheckStrips(strips, strips, dimension, dimension, x, nameof(x));
        DenseArguments.CheckStrips<T>(strips, strips, coordinates.Length, height, differences, nameof(differences));
        ArgumentOutOfRangeException.ThrowIfLessThan(point.Length, dimension, nameof(point));
        foreach (int coordinate in coordinates)
        {
            if ((uint)coordinate >= (uint)dimension)
            {
                throw new ArgumentException($"Coordinate {coordinate} is wanted, but a row has {dimension}.", nameof(coordinates));
            }
        }

        fixed (T* from = x, origin = point, to = differences)
        fixed (int* which = coordinates)
        {
            switch (SimdWidth.Bits)
            {
                case 512:
                    Run<Simd512<T>, Vector512<T>, T>(strips, dimension, from, which, coordinates.Length, origin, to, height);
                    break;
                case 256:
                    Run<Simd256<T>, Vector256<T>, T>(strips, dimension, from, which, coordinates.Length, origin, to, height);
                    break;
                case 128:
                    Run<Simd128<T>, Vector128<T>, T>(strips, dimension, from, which, coordinates.Length, origin, to, height);
                    break;
                default:
                    Run<SimdScalar<T>, T, T>(strips, dimension, from, which, coordinates.Length, origin, to, height);
                    break;
            }
        }
    }

    /// <summary>Adds the sum of the squares of each row's values to a total.</summary>
    /// <remarks>Thread-safe. Squares of one call are summed in <typeparamref name="T"/>, calls in double.</remarks>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="strips">The layout.</param>
    /// <param name="n">Values of each row.</param>
    /// <param name="values">The values in strips.</param>
    /// <param name="height">Values a row that <paramref name="values"/> has room for.</param>
    /// <param name="totals">One number a row, added to.</param>
    /// <exception cref="ArgumentException">A span is too short, or the layout not of whole vectors.</exception>
    public static void AddSquares<T>(RowStrips strips, int n, ReadOnlySpan<T> values, int height, Span<double> totals)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        DenseArguments.CheckStrips(strips, strips, n, height, values, nameof(values));
        ArgumentOutOfRangeException.ThrowIfLessThan(totals.Length, strips.Rows, nameof(totals));
        fixed (T* from = values)
        fixed (double* to = totals)
        {
            switch (SimdWidth.Bits)
            {
                case 512:
                    SumSquares<Simd512<T>, Vector512<T>, T>(strips, n, from, height, to);
                    break;
                case 256:
                    SumSquares<Simd256<T>, Vector256<T>, T>(strips, n, from, height, to);
                    break;
                case 128:
                    SumSquares<Simd128<T>, Vector128<T>, T>(strips, n, from, height, to);
                    break;
                default:
                    SumSquares<SimdScalar<T>, T, T>(strips, n, from, height, to);
                    break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TSimd, TVector, T>(
        RowStrips strips, int dimension, T* x, int* coordinates, int count, T* point, T* differences, int height)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = strips.Width;
        for (int s = 0; s < strips.Count; s++, x += dimension * (nint)width, differences += height * (nint)width)
        {
            T* to = differences;
            for (int i = 0; i < count; i++, to += width)
            {
                T* from = x + (coordinates[i] * (nint)width);
                TVector origin = TSimd.Broadcast(point[coordinates[i]]);
                for (int lane = 0; lane < width; lane += TSimd.Count)
                {
                    TSimd.Store(TSimd.Subtract(TSimd.Load(from + lane), origin), to + lane);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumSquares<TSimd, TVector, T>(RowStrips strips, int n, T* values, int height, double* totals)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = strips.Width;
        T* lanes = stackalloc T[TSimd.Count];
        for (int s = 0; s < strips.Count; s++, values += height * (nint)width)
        {
            int rows = Math.Min(width, strips.Rows - (s * width));
            for (int lane = 0; lane < rows; lane += TSimd.Count)
            {
                // Two sums hide the latency of one.
                TVector even = TSimd.Zero;
                TVector odd = TSimd.Zero;
                T* p = values + lane;
                int i = 0;
                for (; i < n - 1; i += 2, p += 2 * (nint)width)
                {
                    TVector first = TSimd.Load(p);
                    TVector second = TSimd.Load(p + width);
                    even = TSimd.MultiplyAdd(first, first, even);
                    odd = TSimd.MultiplyAdd(second, second, odd);
                }

                if (i < n)
                {
                    TVector last = TSimd.Load(p);
                    even = TSimd.MultiplyAdd(last, last, even);
                }

                TSimd.Store(TSimd.Add(even, odd), lanes);
                int count = Math.Min(TSimd.Count, rows - lane);
                for (int j = 0; j < count; j++)
                {
                    totals[j] += double.CreateTruncating(lanes[j]);
                }

                totals += count;
            }
        }
    }
}
