using System.Numerics;
using System.Runtime.CompilerServices;
using GmmNative.Interop.Seam;
using GmmNative.Interop.Simd;

namespace GmmNative.Interop.Kernels;

/// <summary>
/// Computes squared distances of single rows from points, for code that needs them for a few rows and a few points at a time. A product of
/// whole matrices would compute many distances that are not needed. The distances are computed from differences, so that they are as
/// accurate as the rows. The same for all backends.
/// </summary>
/// <remarks>Thread-safe. The bits for a row and a point are the same on the same processor, at any position.</remarks>
internal static unsafe class PointDistances
{
    /// <summary>The number of partial sums of a distance, whose additions do not wait for each other.</summary>
    private const int Parts = 4;

    /// <summary>Subtracts a shift from rows, scales them, and computes the squared distance between each row and its own point.</summary>
    /// <param name="dimension">The number of coordinates.</param>
    /// <param name="rows">The rows, row-major.</param>
    /// <param name="shift">The vector to subtract from each row, padded with zeros to <see cref="PointGroups.PaddedStride"/>.</param>
    /// <param name="scale">The factors to multiply each row by afterwards, with the same padding.</param>
    /// <param name="points">The points, shifted and scaled like the rows, each with the same padding.</param>
    /// <param name="labels">The number of the point of each row; as many as there are rows.</param>
    /// <param name="centered">Receives the rows, shifted and scaled, each padded with zeros.</param>
    /// <param name="squares">Receives the squared distance of each row from its point.</param>
    /// <exception cref="ArgumentException">A span is too short.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is not the number of a point.</exception>
    public static void FromOwn(
        int dimension, ReadOnlySpan<double> rows, ReadOnlySpan<double> shift, ReadOnlySpan<double> scale, ReadOnlySpan<double> points,
        ReadOnlySpan<int> labels, Span<double> centered, Span<double> squares)
    {
        int count = labels.Length;
        int stride = PointGroups.PaddedStride(dimension);
        DenseArguments.CheckMatrix(count, dimension, rows, dimension, nameof(rows));
        DenseArguments.CheckMatrix(count, stride, (ReadOnlySpan<double>)centered, stride, nameof(centered));
        ArgumentOutOfRangeException.ThrowIfLessThan(shift.Length, stride, nameof(shift));
        ArgumentOutOfRangeException.ThrowIfLessThan(scale.Length, stride, nameof(scale));
        ArgumentOutOfRangeException.ThrowIfLessThan(squares.Length, count, nameof(squares));
        int pointCount = stride == 0 ? 0 : points.Length / stride;
        foreach (int label in labels)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)label, (uint)pointCount, nameof(labels));
        }

        fixed (double* first = rows, offset = shift, factor = scale, table = points, to = centered, square = squares)
        fixed (int* label = labels)
        {
            SimdDispatch.Run<Centering, double>(new(dimension, stride, first, offset, factor, table, label, count, to, square));
        }
    }

    /// <summary>Determines, for selected rows, the nearest and the second nearest point of a group.</summary>
    /// <remarks>Places without a point are at infinity. The result is undefined for rows that contain NaN.</remarks>
    /// <param name="points">The points.</param>
    /// <param name="group">The group.</param>
    /// <param name="centered">The rows minus the shift of the points, each padded with zeros to the stride of the points.</param>
    /// <param name="wanted">The selected rows.</param>
    /// <param name="nearest">Receives the smallest squared distance of each selected row.</param>
    /// <param name="places">Receives the place of that point in the group, the first if several are equal.</param>
    /// <param name="second">Receives the second smallest squared distance of each selected row.</param>
    /// <exception cref="ArgumentException">A span is too short.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The group or a selected row does not exist.</exception>
    public static void TwoNearest(
        PointGroups points, int group, ReadOnlySpan<double> centered, ReadOnlySpan<int> wanted, Span<double> nearest, Span<int> places,
        Span<double> second)
    {
        ArgumentNullException.ThrowIfNull(points);
        CheckRows(points, group, centered, wanted);
        ArgumentOutOfRangeException.ThrowIfLessThan(nearest.Length, wanted.Length, nameof(nearest));
        ArgumentOutOfRangeException.ThrowIfLessThan(places.Length, wanted.Length, nameof(places));
        ArgumentOutOfRangeException.ThrowIfLessThan(second.Length, wanted.Length, nameof(second));
        int blocks = points.GroupSize / PointGroups.Lanes;
        fixed (double* table = points.Group(group), rows = centered, first = nearest, next = second)
        fixed (int* list = wanted, place = places)
        {
            SimdDispatch.Run<TwoNearestSearch, double>(new(points.Stride, table, blocks, rows, list, wanted.Length, first, place, next));
        }
    }

    /// <summary>Computes, for selected rows, the squared distances from all points of a group.</summary>
    /// <param name="points">The points.</param>
    /// <param name="group">The group.</param>
    /// <param name="centered">The rows minus the shift of the points, each padded with zeros to the stride of the points.</param>
    /// <param name="wanted">The selected rows.</param>
    /// <param name="squares">Receives the squared distances of each selected row from a group; infinity at places without a point.</param>
    /// <exception cref="ArgumentException">A span is too short.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The group or a selected row does not exist.</exception>
    public static void Squares(PointGroups points, int group, ReadOnlySpan<double> centered, ReadOnlySpan<int> wanted, Span<double> squares)
    {
        ArgumentNullException.ThrowIfNull(points);
        CheckRows(points, group, centered, wanted);
        int size = points.GroupSize;
        ArgumentOutOfRangeException.ThrowIfLessThan(squares.Length, checked(size * wanted.Length), nameof(squares));
        fixed (double* table = points.Group(group), rows = centered, to = squares)
        fixed (int* list = wanted)
        {
            SimdDispatch.Run<AllSquares, double>(new(points.Stride, table, size, rows, list, wanted.Length, to));
        }
    }

    private static void CheckRows(PointGroups points, int group, ReadOnlySpan<double> centered, ReadOnlySpan<int> wanted)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)group, (uint)points.Count, nameof(group));
        int rows = centered.Length / points.Stride;
        foreach (int row in wanted)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)rows, nameof(wanted));
        }
    }

    /// <summary>Merges the squared distances of a block into the smallest two so far.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Reduce(double* s, int firstPlace, ref double smallest, ref int place, ref double next)
    {
        // The smallest two of each half, then of both: a tree, because in a loop over eight values each step would wait for the one before.
        double low01 = double.MinNative(s[0], s[1]), high01 = double.MaxNative(s[0], s[1]);
        double low23 = double.MinNative(s[2], s[3]), high23 = double.MaxNative(s[2], s[3]);
        double low45 = double.MinNative(s[4], s[5]), high45 = double.MaxNative(s[4], s[5]);
        double low67 = double.MinNative(s[6], s[7]), high67 = double.MaxNative(s[6], s[7]);
        double low = double.MinNative(low01, low23),
            high = double.MinNative(double.MaxNative(low01, low23), double.MinNative(high01, high23));
        double low2 = double.MinNative(low45, low67),
            high2 = double.MinNative(double.MaxNative(low45, low67), double.MinNative(high45, high67));
        double first = double.MinNative(low, low2);
        double second = double.MinNative(double.MaxNative(low, low2), double.MinNative(high, high2));
        if (first < smallest)
        {
            int mask = (s[0] == first ? 1 : 0) | (s[1] == first ? 2 : 0) | (s[2] == first ? 4 : 0) | (s[3] == first ? 8 : 0)
                | (s[4] == first ? 16 : 0) | (s[5] == first ? 32 : 0) | (s[6] == first ? 64 : 0) | 128;
            place = firstPlace + BitOperations.TrailingZeroCount(mask);
        }

        next = double.MinNative(double.MaxNative(smallest, first), double.MinNative(next, second));
        smallest = double.MinNative(first, smallest);
    }

    /// <summary>Computes the squared distances of two rows from the points of a block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pair<TSimd, TVector>(int n, double* table, double* x, double* y, double* squaresOfX, double* squaresOfY)
        where TSimd : struct, ISimd<TVector, double>
        where TVector : unmanaged
    {
        const int Lanes = PointGroups.Lanes;
        for (int lane = 0; lane < Lanes; lane += TSimd.Count)
        {
            TVector x0 = TSimd.Zero;
            TVector x1 = TSimd.Zero;
            TVector x2 = TSimd.Zero;
            TVector x3 = TSimd.Zero;
            TVector y0 = TSimd.Zero;
            TVector y1 = TSimd.Zero;
            TVector y2 = TSimd.Zero;
            TVector y3 = TSimd.Zero;
            double* p = table + lane;
            for (int d = 0; d < n; d += Parts, p += Parts * Lanes)
            {
                Add<TSimd, TVector>(p, x[d], y[d], ref x0, ref y0);
                Add<TSimd, TVector>(p + Lanes, x[d + 1], y[d + 1], ref x1, ref y1);
                Add<TSimd, TVector>(p + (2 * Lanes), x[d + 2], y[d + 2], ref x2, ref y2);
                Add<TSimd, TVector>(p + (3 * Lanes), x[d + 3], y[d + 3], ref x3, ref y3);
            }

            TSimd.Store(TSimd.Add(TSimd.Add(x0, x1), TSimd.Add(x2, x3)), squaresOfX + lane);
            TSimd.Store(TSimd.Add(TSimd.Add(y0, y1), TSimd.Add(y2, y3)), squaresOfY + lane);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TSimd, TVector>(double* points, double x, double y, ref TVector sumX, ref TVector sumY)
        where TSimd : struct, ISimd<TVector, double>
        where TVector : unmanaged
    {
        TVector point = TSimd.Load(points);
        TVector differenceX = TSimd.Subtract(point, TSimd.Broadcast(x));
        TVector differenceY = TSimd.Subtract(point, TSimd.Broadcast(y));
        sumX = TSimd.MultiplyAdd(differenceX, differenceX, sumX);
        sumY = TSimd.MultiplyAdd(differenceY, differenceY, sumY);
    }

    /// <summary>Computes rows minus a shift, scaled, and the distance between each row and its own point.</summary>
    private readonly struct Centering(
        int n, int stride, double* x, double* shift, double* scale, double* points, int* labels, int count, double* centered,
        double* squares)
        : ISimdOperation<double>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector, double>
            where TVector : unmanaged
        {
            int lanes = TSimd.Count;
            int whole = n / lanes * lanes;
            double* ends = stackalloc double[2 * PointGroups.Lanes];
            new Span<double>(ends, 2 * PointGroups.Lanes).Clear();
            new Span<double>(ends, n - whole).Fill(1);
            TVector isValue = TSimd.Load(ends);
            double* rest = ends + PointGroups.Lanes;
            double* row = x;
            double* offsets = shift;
            double* factors = scale;
            double* result = centered;
            double* end = x + (count * (nint)n) - lanes;
            for (int r = 0; r < count; r++, row += n, result += stride)
            {
                double* point = points + (labels[r] * (nint)stride);
                TVector sum = TSimd.Zero;
                int d = 0;
                for (; d < whole; d += lanes)
                {
                    TVector value = TSimd.Multiply(TSimd.Subtract(TSimd.Load(row + d), TSimd.Load(offsets + d)), TSimd.Load(factors + d));
                    TSimd.Store(value, result + d);
                    TVector difference = TSimd.Subtract(TSimd.Load(point + d), value);
                    sum = TSimd.MultiplyAdd(difference, difference, sum);
                }

                if (d < n)
                {
                    // A vector that extends into the next row, of which nothing is used, or, at the end of the rows, a copy.
                    double* tail = row + d;
                    if (tail > end)
                    {
                        new ReadOnlySpan<double>(tail, n - d).CopyTo(new Span<double>(rest, lanes));
                        tail = rest;
                    }

                    TVector scaled = TSimd.Multiply(TSimd.Subtract(TSimd.Load(tail), TSimd.Load(offsets + d)), TSimd.Load(factors + d));
                    TVector value = TSimd.SelectGreater(isValue, TSimd.Zero, scaled, TSimd.Zero);
                    TSimd.Store(value, result + d);
                    TVector difference = TSimd.Subtract(TSimd.Load(point + d), value);
                    sum = TSimd.MultiplyAdd(difference, difference, sum);
                    d += lanes;
                }

                for (; d < stride; d += lanes)
                {
                    TSimd.Store(TSimd.Zero, result + d);
                }

                squares[r] = TSimd.Sum(sum);
            }
        }
    }

    /// <summary>Computes the distances of rows from all points of a group.</summary>
    private readonly struct AllSquares(int n, double* table, int size, double* rows, int* wanted, int count, double* squares)
        : ISimdOperation<double>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector, double>
            where TVector : unmanaged
        {
            for (int i = 0; i < count; i += 2)
            {
                // Two rows share every load of the points. If the number is odd, the last row is computed twice.
                int other = Math.Min(i + 1, count - 1);
                for (int block = 0; block < size; block += PointGroups.Lanes)
                {
                    Pair<TSimd, TVector>(
                        n, table + (block * (nint)n), rows + (wanted[i] * (nint)n), rows + (wanted[other] * (nint)n),
                        squares + (i * (nint)size) + block, squares + (other * (nint)size) + block);
                }
            }
        }
    }

    /// <summary>Determines the nearest two points of a group.</summary>
    private readonly struct TwoNearestSearch(
        int n, double* table, int blocks, double* rows, int* wanted, int count, double* nearest, int* places, double* second)
        : ISimdOperation<double>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector, double>
            where TVector : unmanaged
        {
            double* squares = stackalloc double[2 * PointGroups.Lanes];
            double* otherSquares = squares + PointGroups.Lanes;
            for (int i = 0; i < count; i += 2)
            {
                int other = Math.Min(i + 1, count - 1);
                double smallest = double.PositiveInfinity;
                double next = double.PositiveInfinity;
                double otherSmallest = double.PositiveInfinity;
                double otherNext = double.PositiveInfinity;
                int place = 0;
                int otherPlace = 0;
                for (int block = 0; block < blocks; block++)
                {
                    int firstPlace = block * PointGroups.Lanes;
                    Pair<TSimd, TVector>(
                        n, table + (firstPlace * (nint)n), rows + (wanted[i] * (nint)n), rows + (wanted[other] * (nint)n), squares,
                        otherSquares);
                    Reduce(squares, firstPlace, ref smallest, ref place, ref next);
                    Reduce(otherSquares, firstPlace, ref otherSmallest, ref otherPlace, ref otherNext);
                }

                nearest[i] = smallest;
                second[i] = next;
                places[i] = place;
                nearest[other] = otherSmallest;
                second[other] = otherNext;
                places[other] = otherPlace;
            }
        }
    }
}
