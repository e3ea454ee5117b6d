using System.Runtime.CompilerServices;
using GmmNative.Interop.Simd;

namespace GmmNative.Interop.Kernels;

/// <summary>
/// Computes the distances of one row from many points at once. Points are in vector lanes, <see cref="Count"/> of them per block. Each
/// number of the row is broadcast, and there are no sums across lanes.
/// </summary>
/// <remarks>Thread-safe. All pointers are aligned to 64 bytes, except the pointer to the row.</remarks>
internal static unsafe class ComponentLanes
{
    /// <summary>The number of points per block, which is a number of whole vectors at every width.</summary>
    public const int Count = 8;

    /// <summary>The number of rows of a triangular factor that are solved together.</summary>
    private const int TileRows = 4;

    /// <summary>The numbers of the triangle at the end of a tile: six below the diagonal and four on it.</summary>
    private const int TriangleLength = 10;

    /// <summary>Rounds the order of a factor up to whole tiles.</summary>
    public static int PaddedOrder(int order) => (order + TileRows - 1) / TileRows * TileRows;

    /// <summary>Returns the number of elements of the packed factors of a block.</summary>
    /// <param name="order">n, in whole tiles.</param>
    public static long FactorLength(int order)
    {
        long tiles = order / TileRows;
        return Count * ((TileRows * TileRows * tiles * (tiles - 1) / 2) + (TriangleLength * tiles));
    }

    /// <summary>Packs the factor of one point for <see cref="AddSolvedSquares"/>.</summary>
    /// <param name="order">n.</param>
    /// <param name="factor">L, n x n, lower triangle.</param>
    /// <param name="lane">The index of the point in its block.</param>
    /// <param name="packed">The factors of the block.</param>
    public static void PackFactor(int order, ReadOnlySpan<double> factor, int lane, Span<double> packed)
    {
        int next = lane;
        for (int i = 0; i < order; i += TileRows)
        {
            int rows = Math.Min(TileRows, order - i);
            for (int j = 0; j < i; j++)
            {
                for (int r = 0; r < TileRows; r++, next += Count)
                {
                    packed[next] = r < rows ? -factor[((i + r) * order) + j] : 0;
                }
            }

            for (int r = 0; r < TileRows; r++)
            {
                for (int c = 0; c < r; c++, next += Count)
                {
                    packed[next] = r < rows ? -factor[((i + r) * order) + i + c] : 0;
                }

                packed[next] = r < rows ? 1 / factor[((i + r) * order) + i + r] : 0;
                next += Count;
            }
        }
    }

    /// <summary>Computes, for each point, the sum over values of ((x - point) scale)^2.</summary>
    /// <param name="dimension">D.</param>
    /// <param name="blocks">The number of blocks.</param>
    /// <param name="row">D numbers.</param>
    /// <param name="points">D x <see cref="Count"/> per block.</param>
    /// <param name="scales">D x <see cref="Count"/> per block.</param>
    /// <param name="distances">Receives <see cref="Count"/> sums per block.</param>
    public static void ScaledSquares(int dimension, int blocks, double* row, double* points, double* scales, double* distances) =>
        SimdDispatch.Run<ScaledSquaresOperation, double>(new(dimension, blocks, row, points, scales, distances));

    /// <summary>Adds the squares of z, where L z = x - point, to the sum of each point.</summary>
    /// <param name="order">n, in whole tiles.</param>
    /// <param name="blocks">The number of blocks.</param>
    /// <param name="row">n numbers, with zeros after those of the row.</param>
    /// <param name="points">n x <see cref="Count"/> per block.</param>
    /// <param name="factors">Packed factors, <see cref="FactorLength"/> per block.</param>
    /// <param name="z">Scratch memory of n x <see cref="Count"/>.</param>
    /// <param name="distances"><see cref="Count"/> sums per block.</param>
    public static void AddSolvedSquares(
        int order, int blocks, double* row, double* points, double* factors, double* z, double* distances) =>
        SimdDispatch.Run<SolvedSquaresOperation, double>(new(order, blocks, row, points, factors, z, distances));

    /// <summary>Returns the offset of a vector of points in the blocks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Place<TSimd, TVector>(int vector, int dimension)
        where TSimd : struct, ISimd<TVector, double>
        where TVector : unmanaged
    {
        int lane = vector * TSimd.Count;
        return ((nint)(lane / Count) * dimension * Count) + (lane % Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector AddScaledSquare<TSimd, TVector>(TVector x, double* point, double* scale, TVector sum)
        where TSimd : struct, ISimd<TVector, double>
        where TVector : unmanaged
    {
        TVector scaled = TSimd.Multiply(TSimd.Subtract(x, TSimd.Load(point)), TSimd.Load(scale));
        return TSimd.MultiplyAdd(scaled, scaled, sum);
    }

    /// <summary>Forward substitution, four rows of the factor at a time, so that each z is loaded once for four products.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector SolvedSquares<TSimd, TVector>(int order, double* row, double* point, double* f, double* z)
        where TSimd : struct, ISimd<TVector, double>
        where TVector : unmanaged
    {
        TVector sum = TSimd.Zero;
        for (int i = 0; i < order; i += TileRows, row += TileRows, point += TileRows * Count)
        {
            TVector r0 = TSimd.Subtract(TSimd.Broadcast(row[0]), TSimd.Load(point));
            TVector r1 = TSimd.Subtract(TSimd.Broadcast(row[1]), TSimd.Load(point + Count));
            TVector r2 = TSimd.Subtract(TSimd.Broadcast(row[2]), TSimd.Load(point + (2 * Count)));
            TVector r3 = TSimd.Subtract(TSimd.Broadcast(row[3]), TSimd.Load(point + (3 * Count)));
            double* solved = z;
            for (int j = 0; j < i; j++, f += TileRows * Count, solved += TSimd.Count)
            {
                TVector zj = TSimd.Load(solved);
                r0 = TSimd.MultiplyAdd(TSimd.Load(f), zj, r0);
                r1 = TSimd.MultiplyAdd(TSimd.Load(f + Count), zj, r1);
                r2 = TSimd.MultiplyAdd(TSimd.Load(f + (2 * Count)), zj, r2);
                r3 = TSimd.MultiplyAdd(TSimd.Load(f + (3 * Count)), zj, r3);
            }

            TVector z0 = TSimd.Multiply(r0, TSimd.Load(f));
            TVector z1 = TSimd.Multiply(TSimd.MultiplyAdd(TSimd.Load(f + Count), z0, r1), TSimd.Load(f + (2 * Count)));
            r2 = TSimd.MultiplyAdd(TSimd.Load(f + (3 * Count)), z0, r2);
            TVector z2 = TSimd.Multiply(TSimd.MultiplyAdd(TSimd.Load(f + (4 * Count)), z1, r2), TSimd.Load(f + (5 * Count)));
            r3 = TSimd.MultiplyAdd(TSimd.Load(f + (6 * Count)), z0, r3);
            r3 = TSimd.MultiplyAdd(TSimd.Load(f + (7 * Count)), z1, r3);
            TVector z3 = TSimd.Multiply(TSimd.MultiplyAdd(TSimd.Load(f + (8 * Count)), z2, r3), TSimd.Load(f + (9 * Count)));
            f += TriangleLength * Count;
            TSimd.Store(z0, solved);
            TSimd.Store(z1, solved + TSimd.Count);
            TSimd.Store(z2, solved + (2 * TSimd.Count));
            TSimd.Store(z3, solved + (3 * TSimd.Count));
            sum = TSimd.MultiplyAdd(z0, z0, sum);
            sum = TSimd.MultiplyAdd(z1, z1, sum);
            sum = TSimd.MultiplyAdd(z2, z2, sum);
            sum = TSimd.MultiplyAdd(z3, z3, sum);
        }

        return sum;
    }

    private readonly struct ScaledSquaresOperation(
        int dimension, int blocks, double* row, double* points, double* scales, double* distances) : ISimdOperation<double>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector, double>
            where TVector : unmanaged
        {
            int values = dimension;
            double* numbers = row;
            double* centers = points;
            double* factors = scales;

            // Four vectors at a time hide the latency of the additions.
            int vectors = blocks * Count / TSimd.Count;
            int v = 0;
            for (; v + 4 <= vectors; v += 4)
            {
                nint a = Place<TSimd, TVector>(v, dimension), b = Place<TSimd, TVector>(v + 1, dimension);
                nint c = Place<TSimd, TVector>(v + 2, dimension), e = Place<TSimd, TVector>(v + 3, dimension);
                TVector sumA = TSimd.Zero, sumB = TSimd.Zero, sumC = TSimd.Zero, sumE = TSimd.Zero;
                for (int d = 0; d < values; d++, a += Count, b += Count, c += Count, e += Count)
                {
                    TVector x = TSimd.Broadcast(numbers[d]);
                    sumA = AddScaledSquare<TSimd, TVector>(x, centers + a, factors + a, sumA);
                    sumB = AddScaledSquare<TSimd, TVector>(x, centers + b, factors + b, sumB);
                    sumC = AddScaledSquare<TSimd, TVector>(x, centers + c, factors + c, sumC);
                    sumE = AddScaledSquare<TSimd, TVector>(x, centers + e, factors + e, sumE);
                }

                TSimd.Store(sumA, distances + (v * TSimd.Count));
                TSimd.Store(sumB, distances + ((v + 1) * TSimd.Count));
                TSimd.Store(sumC, distances + ((v + 2) * TSimd.Count));
                TSimd.Store(sumE, distances + ((v + 3) * TSimd.Count));
            }

            for (; v < vectors; v++)
            {
                nint a = Place<TSimd, TVector>(v, dimension);
                TVector sum = TSimd.Zero;
                for (int d = 0; d < values; d++, a += Count)
                {
                    sum = AddScaledSquare<TSimd, TVector>(TSimd.Broadcast(numbers[d]), centers + a, factors + a, sum);
                }

                TSimd.Store(sum, distances + (v * TSimd.Count));
            }
        }
    }

    private readonly struct SolvedSquaresOperation(
        int order, int blocks, double* row, double* points, double* factors, double* z, double* distances) : ISimdOperation<double>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector, double>
            where TVector : unmanaged
        {
            double* point = points;
            double* factor = factors;
            nint length = (nint)FactorLength(order);
            for (int b = 0; b < blocks; b++, point += order * (nint)Count, factor += length)
            {
                for (int lane = 0; lane < Count; lane += TSimd.Count)
                {
                    double* sums = distances + (b * Count) + lane;
                    TVector squares = SolvedSquares<TSimd, TVector>(order, row, point + lane, factor + lane, z);
                    TSimd.Store(TSimd.Add(TSimd.Load(sums), squares), sums);
                }
            }
        }
    }
}
