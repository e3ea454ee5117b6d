using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GmmNative.Interop.Seam;
using GmmNative.Interop.Simd;

namespace GmmNative.Interop;

/// <summary>Rows into strips, and products of their coordinates: what goes before the matrix products. The same for all backends.</summary>
public static unsafe class StripLayout
{
    /// <summary>
    /// Puts rows into strips: value d of row r is <c>rows[r * dimension + d] - shift[d]</c>; lanes beyond the last row are 0.
    /// </summary>
    /// <remarks>
    /// The difference is taken in double whatever <typeparamref name="T"/> is: an offset of the data must not cost digits.
    /// </remarks>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="strips">The layout.</param>
    /// <param name="dimension">Values of each row.</param>
    /// <param name="rows">The rows, row-major.</param>
    /// <param name="shift">One number a value.</param>
    /// <param name="x">Receives the strips, <paramref name="dimension"/> values a row.</param>
    /// <exception cref="ArgumentException">A span is too short, or the layout not of whole vectors.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FromRows<T>(RowStrips strips, int dimension, ReadOnlySpan<double> rows, ReadOnlySpan<double> shift, Span<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        DenseArguments.CheckMatrix(strips.Rows, dimension, rows, dimension, nameof(rows));
        DenseArguments.CheckStrips<T>(strips, strips, dimension, dimension, x, nameof(x));
        ArgumentOutOfRangeException.ThrowIfLessThan(shift.Length, dimension, nameof(shift));

        // Up to eight rows at a time, within a strip: a cache line of the strip is written whole.
        const int Block = 8;
        int width = strips.Width;
        fixed (double* from = rows, offset = shift)
        fixed (T* to = x)
        {
            int count;
            for (int r = 0; r < strips.Rows; r += count)
            {
                count = Math.Min(Math.Min(Block, strips.Rows - r), width - (r % width));
                double* source = from + (r * (nint)dimension);
                T* target = to + strips.Offset(r, dimension);
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
                new Span<T>(to + (((last * (nint)dimension) + d) * width) + used, width - used).Clear();
            }
        }
    }

    /// <summary>
    /// Products of values: value f of the result is <c>x[left[f]] * x[right[f]]</c>, or <c>x[right[f]]</c> where <c>left[f]</c> is
    /// negative.
    /// </summary>
    /// <remarks>In all lanes: those beyond the last row are 0 in the result where they are 0 in <paramref name="x"/>.</remarks>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="strips">The layout.</param>
    /// <param name="dimension">Values a row of <paramref name="x"/>.</param>
    /// <param name="x">The rows in strips.</param>
    /// <param name="left">First factors, below <paramref name="dimension"/>.</param>
    /// <param name="right">Second factors, from 0 and below <paramref name="dimension"/>.</param>
    /// <param name="products">Receives the products.</param>
    /// <param name="height">Values a row of <paramref name="products"/>, at least as many as there are factors; the others become
    /// 0.</param>
    /// <exception cref="ArgumentException">A span is too short, a factor out of range, or the layout not of whole vectors.</exception>
    public static void Products<T>(
        RowStrips strips, int dimension, ReadOnlySpan<T> x, ReadOnlySpan<int> left, ReadOnlySpan<int> right, Span<T> products, int height)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        DenseArguments.CheckStrips(strips, strips, dimension, dimension, x, nameof(x));
        DenseArguments.CheckStrips<T>(strips, strips, left.Length, height, products, nameof(products));
        ArgumentOutOfRangeException.ThrowIfNotEqual(right.Length, left.Length, nameof(right));
        for (int f = 0; f < left.Length; f++)
        {
            if (left[f] >= dimension || (uint)right[f] >= (uint)dimension)
            {
                throw new ArgumentException($"Product {f} is of values {left[f]} and {right[f]}, but a row has {dimension}.", nameof(left));
            }
        }

        fixed (T* from = x, to = products)
        fixed (int* i = left, j = right)
        {
            switch (SimdWidth.Bits)
            {
                case 512:
                    Multiply<Simd512<T>, Vector512<T>, T>(strips, dimension, from, i, j, left.Length, to, height);
                    break;
                case 256:
                    Multiply<Simd256<T>, Vector256<T>, T>(strips, dimension, from, i, j, left.Length, to, height);
                    break;
                case 128:
                    Multiply<Simd128<T>, Vector128<T>, T>(strips, dimension, from, i, j, left.Length, to, height);
                    break;
                default:
                    Multiply<SimdScalar<T>, T, T>(strips, dimension, from, i, j, left.Length, to, height);
                    break;
            }
        }
    }

    /// <summary>For each row the place of its largest value, the first of equals.</summary>
    /// <remarks>
    /// A value that is NaN is never the largest, but one in place 0 is never passed either. Lanes beyond the last row are not looked at.
    /// </remarks>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="strips">The layout.</param>
    /// <param name="n">Values of each row, at least 1.</param>
    /// <param name="values">The values.</param>
    /// <param name="height">Values a row that <paramref name="values"/> has room for.</param>
    /// <param name="places">Receives one place a row, from 0.</param>
    /// <exception cref="ArgumentException">A span is too short, <paramref name="n"/> less than 1, or the layout not of whole
    /// vectors.</exception>
    public static void LargestPlaces<T>(RowStrips strips, int n, ReadOnlySpan<T> values, int height, Span<int> places)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        DenseArguments.CheckStrips(strips, strips, n, height, values, nameof(values));
        ArgumentOutOfRangeException.ThrowIfLessThan(places.Length, strips.Rows, nameof(places));
        fixed (T* from = values)
        fixed (int* to = places)
        {
            switch (SimdWidth.Bits)
            {
                case 512:
                    FindLargest<Simd512<T>, Vector512<T>, T>(strips, n, from, height, to);
                    break;
                case 256:
                    FindLargest<Simd256<T>, Vector256<T>, T>(strips, n, from, height, to);
                    break;
                case 128:
                    FindLargest<Simd128<T>, Vector128<T>, T>(strips, n, from, height, to);
                    break;
                default:
                    FindLargest<SimdScalar<T>, T, T>(strips, n, from, height, to);
                    break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply<TSimd, TVector, T>(
        RowStrips strips, int dimension, T* x, int* left, int* right, int count, T* products, int height)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = strips.Width;
        for (int s = 0; s < strips.Count; s++, x += dimension * (nint)width)
        {
            for (int f = 0; f < count;)
            {
                // A run shares its first factor and goes through neighbours for the second: one factor stays in a register.
                int run = 1;
                while (f + run < count && left[f + run] == left[f] && right[f + run] == right[f] + run)
                {
                    run++;
                }

                T* second = x + (right[f] * (nint)width);
                if (left[f] < 0)
                {
                    new ReadOnlySpan<T>(second, run * width).CopyTo(new Span<T>(products, run * width));
                }
                else
                {
                    MultiplyRun<TSimd, TVector, T>(x + (left[f] * (nint)width), second, run, width, products);
                }

                products += run * (nint)width;
                f += run;
            }

            new Span<T>(products, (height - count) * width).Clear();
            products += (height - count) * (nint)width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyRun<TSimd, TVector, T>(T* first, T* second, int run, int width, T* products)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FindLargest<TSimd, TVector, T>(RowStrips strips, int n, T* values, int height, int* places)
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
                // Places are counted in T: exact up to 2^24 of them.
                TVector largest = TSimd.Load(values + lane);
                TVector place = TSimd.Zero;
                TVector current = TSimd.Zero;
                TVector one = TSimd.Broadcast(T.One);
                T* end = values + lane + (n * (nint)width);
                for (T* p = values + lane + width; p < end; p += width)
                {
                    TVector value = TSimd.Load(p);
                    current = TSimd.Add(current, one);
                    place = TSimd.SelectGreater(value, largest, current, place);
                    largest = TSimd.SelectGreater(value, largest, value, largest);
                }

                TSimd.Store(place, lanes);
                for (int i = 0; i < Math.Min(TSimd.Count, rows - lane); i++)
                {
                    *places++ = int.CreateTruncating(lanes[i]);
                }
            }
        }
    }
}
