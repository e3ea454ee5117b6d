using GmmNative.Interop.Kernels;

namespace GmmNative.Interop.Tests;

/// <summary>Distances of single rows from points in groups.</summary>
public sealed class PointDistancesTests
{
    private static readonly int[] Dimensions = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 39, 40];

    [Fact]
    public void FromOwn_AnyDimension_ShiftsAndScalesRowsAndComputesTheirDistances()
    {
        Random random = new(1);
        foreach (int n in Dimensions)
        {
            int stride = PointGroups.PaddedStride(n);
            foreach (int count in (int[])[0, 1, 2, 13])
            {
                // What follows the rows must not be read into them.
                double[] rows = [.. Numbers(random, count * n), .. Enumerable.Repeat(double.NaN, 16)];
                double[] shift = Padded(Numbers(random, n), n);
                double[] scale = Padded(Numbers(random, n), n);
                double[] points = Padded(Numbers(random, 3 * n), n);
                int[] labels = [.. Enumerable.Range(0, count).Select(_ => random.Next(3))];
                double[] centered = [.. Enumerable.Repeat(double.NaN, count * stride)];
                double[] squares = new double[count];
                PointDistances.FromOwn(n, rows.AsSpan(0, count * n), shift, scale, points, labels, centered, squares);
                for (int r = 0; r < count; r++)
                {
                    double expected = 0;
                    for (int d = 0; d < stride; d++)
                    {
                        double value = d < n ? (rows[(r * n) + d] - shift[d]) * scale[d] : 0;
                        Assert.Equal(value, centered[(r * stride) + d]);
                        expected += Math.Pow(value - points[(labels[r] * stride) + d], 2);
                    }

                    Assert.Equal(expected, squares[r], 1e-13 * expected);
                }
            }
        }
    }

    [Fact]
    public void TwoNearest_AnyGroups_AreThoseOfAllSquares()
    {
        Random random = new(2);
        foreach (int n in Dimensions)
        {
            foreach ((int size, int used) in ((int, int)[])[(8, 1), (8, 5), (8, 8), (16, 9), (24, 24)])
            {
                // Two groups, the second first; few different coordinates, so that there are ties.
                double[] points = [.. Enumerable.Range(0, (size + used) * n).Select(_ => (double)random.Next(-1, 2))];
                int[] places = [.. Enumerable.Range(used, size), .. Enumerable.Range(0, size).Select(i => i < used ? i : -1)];
                PointGroups groups = new(points, n, places, size);
                double[] centered = Padded([.. Enumerable.Range(0, 9 * n).Select(_ => (double)random.Next(-1, 2))], n);
                int[] wanted = [7, 0, 3, 3, 8];
                for (int g = 0; g < 2; g++)
                {
                    double[] squares = new double[wanted.Length * size];
                    PointDistances.Squares(groups, g, centered, wanted, squares);
                    double[] nearest = new double[wanted.Length];
                    double[] second = new double[wanted.Length];
                    int[] found = new int[wanted.Length];
                    PointDistances.TwoNearest(groups, g, centered, wanted, nearest, found, second);
                    for (int i = 0; i < wanted.Length; i++)
                    {
                        double[] expected = [.. Enumerable.Range(0, size).Select(
                            p => Square(centered, wanted[i], points, places[(g * size) + p], n))];
                        Assert.Equal(expected, squares.AsSpan(i * size, size).ToArray());
                        Assert.Equal(expected.Min(), nearest[i]);
                        Assert.Equal(Array.IndexOf(expected, expected.Min()), found[i]);
                        Assert.Equal(expected.Order().ElementAt(1), second[i]);
                    }
                }
            }
        }
    }

    [Fact]
    public void AllKernels_WrongArguments_Throw()
    {
        PointGroups groups = new(new double[6], 2, [0, 1, 2, -1, -1, -1, -1, -1], 8);
        double[] rows = new double[16];
        Assert.Throws<ArgumentOutOfRangeException>(() => new PointGroups(new double[6], 0, new int[8], 8));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PointGroups(new double[6], 2, new int[8], 7));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PointGroups(new double[6], 2, new int[9], 8));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PointGroups(new double[6], 2, [3, 0, 0, 0, 0, 0, 0, 0], 8));
        Assert.ThrowsAny<ArgumentException>(
            () => PointDistances.FromOwn(2, new double[3], new double[8], new double[8], rows, [0, 1], rows, rows));
        Assert.ThrowsAny<ArgumentException>(() => PointDistances.FromOwn(2, rows, new double[8], new double[7], rows, [0, 1], rows, rows));
        Assert.ThrowsAny<ArgumentException>(() => PointDistances.FromOwn(2, rows, new double[7], new double[8], rows, [0, 1], rows, rows));
        Assert.ThrowsAny<ArgumentException>(() => PointDistances.FromOwn(2, rows, new double[8], new double[8], rows, [0, 2], rows, rows));
        Assert.ThrowsAny<ArgumentException>(() => PointDistances.FromOwn(2, rows, new double[8], new double[8], rows, [0, -1], rows, rows));
        Assert.ThrowsAny<ArgumentException>(
            () => PointDistances.FromOwn(2, rows, new double[8], new double[8], rows, [0, 1], new double[15], rows));
        Assert.ThrowsAny<ArgumentException>(
            () => PointDistances.FromOwn(2, rows, new double[8], new double[8], rows, [0, 1], rows, new double[1]));
        Assert.ThrowsAny<ArgumentException>(() => PointDistances.Squares(groups, 1, rows, [0], rows));
        Assert.ThrowsAny<ArgumentException>(() => PointDistances.Squares(groups, 0, rows, [2], rows));
        Assert.ThrowsAny<ArgumentException>(() => PointDistances.Squares(groups, 0, rows, [0, 1, 1], rows));
        Assert.ThrowsAny<ArgumentException>(() => PointDistances.TwoNearest(groups, 0, rows, [-1], rows, new int[1], rows));
        Assert.ThrowsAny<ArgumentException>(() => PointDistances.TwoNearest(groups, 0, rows, [0, 1], rows, new int[1], rows));
        Assert.ThrowsAny<ArgumentException>(() => PointDistances.TwoNearest(groups, 0, rows, [0, 1], new double[1], new int[2], rows));
    }

    private static double[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5)];

    private static double[] Padded(double[] rows, int n)
    {
        int stride = PointGroups.PaddedStride(n);
        double[] result = new double[rows.Length / n * stride];
        for (int i = 0; i < rows.Length; i++)
        {
            result[(i / n * stride) + (i % n)] = rows[i];
        }

        return result;
    }

    private static double Square(double[] centered, int row, double[] points, int point, int n) => point < 0
        ? double.PositiveInfinity
        : Enumerable.Range(0, n).Sum(d => Math.Pow(centered[(row * PointGroups.PaddedStride(n)) + d] - points[(point * n) + d], 2));
}
