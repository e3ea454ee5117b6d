using System.Numerics;
using System.Runtime.CompilerServices;
using GmmNative.Interop.Seam;
using GmmNative.Interop.Simd;

namespace GmmNative.Interop.Kernels;

/// <summary>
/// Copies rows to strips, and computes products of coordinates: the steps before the matrix products. The same for all backends.
/// </summary>
internal static unsafe class StripLayout
{
    /// <summary>
    /// Copies rows of D values to strips: value d of row r is <c>rows[r * D + d] - shift[d]</c>. Lanes beyond the last row are 0.
    /// </summary>
    /// <remarks>
    /// The difference is computed in double for every <typeparamref name="T"/>, so that an offset of the data costs no digits.
    /// </remarks>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="rows">The rows, row-major, with as many values as the height of <paramref name="x"/>.</param>
    /// <param name="shift">One number per value.</param>
    /// <param name="x">Receives the rows.</param>
    /// <exception cref="ArgumentException">A span is too short.</exception>
    public static void FromRows<T>(ReadOnlySpan<double> rows, ReadOnlySpan<double> shift, StripMatrix<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => FromRows(rows, shift, x, x.Height);

    /// <summary>
    /// Copies rows of D values to strips that have room for more values: value d of row r is <c>rows[r * D + d] - shift[d]</c>. Lanes
    /// beyond the last row are 0. Values beyond D are not written.
    /// </summary>
    /// <inheritdoc cref="FromRows{T}(ReadOnlySpan{double}, ReadOnlySpan{double}, StripMatrix{T})"/>
    /// <param name="rows">The rows, row-major.</param>
    /// <param name="shift">One number per value.</param>
    /// <param name="x">Receives the rows.</param>
    /// <param name="dimension">D, at most the height of <paramref name="x"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FromRows<T>(ReadOnlySpan<double> rows, ReadOnlySpan<double> shift, StripMatrix<T> x, int dimension)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RowStrips strips = x.Strips;
        int height = x.Height;
        DenseArguments.CheckHeight(height, dimension, nameof(dimension));
        DenseArguments.CheckMatrix(strips.Rows, dimension, rows, dimension, nameof(rows));
        ArgumentOutOfRangeException.ThrowIfLessThan(shift.Length, dimension, nameof(shift));

        // Up to eight rows at a time within a strip, so that whole cache lines of the strip are written.
        const int Block = 8;
        int width = strips.Width;
        fixed (double* from = rows, offset = shift)
        fixed (T* to = x.Values)
        {
            int count;
            for (int r = 0; r < strips.Rows; r += count)
            {
                count = Math.Min(Math.Min(Block, strips.Rows - r), width - (r % width));
                double* source = from + (r * (nint)dimension);
                T* target = to + strips.Offset(r, height);
                for (int d = 0; d < dimension; d++, target += width)
                {
                    double subtrahend = offset[d];
                    double* p = source + d;
                    for (int i = 0; i < count; i++, p += dimension)
                    {
                        target[i] = T.CreateTruncating(*p - subtrahend);
                    }
                }
            }

            int last = strips.Count - 1;
            int used = strips.Rows - (last * width);
            for (int d = 0; d < dimension && used < width && last >= 0; d++)
            {
                new Span<T>(to + (((last * (nint)height) + d) * width) + used, width - used).Clear();
            }
        }
    }

    /// <summary>
    /// Computes products of values: value f of the result is <c>x[left[f]] * x[right[f]]</c>, or <c>x[right[f]]</c> if <c>left[f]</c> is
    /// negative.
    /// </summary>
    /// <remarks>All lanes are computed: a lane beyond the last row is 0 in the result if it is 0 in <paramref name="x"/>.</remarks>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The rows.</param>
    /// <param name="left">The first factors, below the height of <paramref name="x"/>.</param>
    /// <param name="right">The second factors, from 0 and below the height of <paramref name="x"/>.</param>
    /// <param name="products">Receives the products; at least as many values per row as there are factors. Further values become 0.</param>
    /// <exception cref="ArgumentException">A factor is out of range, or the layouts or the numbers of factors differ.</exception>
    public static void Products<T>(
        ReadOnlyStripMatrix<T> x, ReadOnlySpan<int> left, ReadOnlySpan<int> right, StripMatrix<T> products)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        DenseArguments.CheckSameLayout(products.Strips, x.Strips);
        DenseArguments.CheckHeight(products.Height, left.Length, nameof(products));
        DenseArguments.CheckPlaces(left, int.MinValue, x.Height, nameof(left));
        DenseArguments.CheckPlaces(right, 0, x.Height, nameof(right));
        ArgumentOutOfRangeException.ThrowIfNotEqual(right.Length, left.Length, nameof(right));
        fixed (T* from = x.Values, to = products.Values)
        fixed (int* i = left, j = right)
        {
            SimdDispatch.Run<Multiplication<T>, T>(new(x.Strips, x.Height, from, i, j, left.Length, to, products.Height));
        }
    }

    /// <summary>Returns the index of the largest value of each row; the first index if several values are equal.</summary>
    /// <remarks>
    /// NaN is never the largest value, except that NaN at index 0 is never replaced. Lanes beyond the last row are not read.
    /// </remarks>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="values">The values.</param>
    /// <param name="n">The number of leading values per row that are used, at least 1.</param>
    /// <param name="places">Receives one index per row, from 0.</param>
    /// <exception cref="ArgumentException">
    /// The span is too short, <paramref name="n"/> is below 1, or rows have fewer than <paramref name="n"/> values.
    /// </exception>
    public static void LargestPlaces<T>(ReadOnlyStripMatrix<T> values, int n, Span<int> places)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        DenseArguments.CheckHeight(values.Height, n, nameof(values));
        ArgumentOutOfRangeException.ThrowIfLessThan(places.Length, values.Strips.Rows, nameof(places));
        fixed (T* from = values.Values)
        fixed (int* to = places)
        {
            SimdDispatch.Run<LargestSearch<T>, T>(new(values.Strips, n, from, values.Height, to));
        }
    }

    private readonly struct Multiplication<T>(
        RowStrips strips, int dimension, T* x, int* left, int* right, int count, T* products, int height) : ISimdOperation<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector, T>
            where TVector : unmanaged
        {
            int width = strips.Width;
            int values = count;
            int* first = left;
            int* second = right;
            T* strip = x;
            T* to = products;
            for (int s = 0; s < strips.Count; s++, strip += dimension * (nint)width)
            {
                for (int f = 0; f < values;)
                {
                    // A run has the same first factor, which stays in a register, and consecutive second factors.
                    int run = 1;
                    while (f + run < values && first[f + run] == first[f] && second[f + run] == second[f] + run)
                    {
                        run++;
                    }

                    T* factors = strip + (second[f] * (nint)width);
                    if (first[f] < 0)
                    {
                        new ReadOnlySpan<T>(factors, run * width).CopyTo(new Span<T>(to, run * width));
                    }
                    else
                    {
                        MultiplyRun<TSimd, TVector>(strip + (first[f] * (nint)width), factors, run, width, to);
                    }

                    to += run * (nint)width;
                    f += run;
                }

                new Span<T>(to, (height - values) * width).Clear();
                to += (height - values) * (nint)width;
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void MultiplyRun<TSimd, TVector>(T* first, T* second, int run, int width, T* products)
            where TSimd : struct, ISimd<TVector, T>
            where TVector : unmanaged
        {
            for (int lane = 0; lane < width; lane += TSimd.Count)
            {
                TVector factor = TSimd.Load(first + lane);
                T* from = second + lane;
                T* to = products + lane;
                for (int j = run; j > 0; j--, from += width, to += width)
                {
                    TSimd.Store(TSimd.Multiply(factor, TSimd.Load(from)), to);
                }
            }
        }
    }

    private readonly struct LargestSearch<T>(RowStrips strips, int n, T* values, int height, int* places) : ISimdOperation<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector, T>
            where TVector : unmanaged
        {
            int width = strips.Width;
            nint length = n * (nint)width;
            T* strip = values;
            int* to = places;
            T* lanes = stackalloc T[TSimd.Count];
            for (int s = 0; s < strips.Count; s++, strip += height * (nint)width)
            {
                int rows = strips.RowsOf(s);
                for (int lane = 0; lane < rows; lane += TSimd.Count)
                {
                    // Indices are counted in T, which is exact up to 2^24.
                    TVector largest = TSimd.Load(strip + lane);
                    TVector place = TSimd.Zero;
                    TVector current = TSimd.Zero;
                    TVector one = TSimd.Broadcast(T.One);
                    T* end = strip + lane + length;
                    for (T* p = strip + lane + width; p < end; p += width)
                    {
                        TVector value = TSimd.Load(p);
                        current = TSimd.Add(current, one);
                        place = TSimd.SelectGreater(value, largest, current, place);
                        largest = TSimd.SelectGreater(value, largest, value, largest);
                    }

                    TSimd.Store(place, lanes);
                    for (int i = 0; i < Math.Min(TSimd.Count, rows - lane); i++)
                    {
                        *to++ = int.CreateTruncating(lanes[i]);
                    }
                }
            }
        }
    }
}
