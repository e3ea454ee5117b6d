using System.Numerics;

namespace GmmNative.Interop.Tests;

/// <summary>Differences from a point, exact, and sums of their squares, within rounding.</summary>
public abstract class StripDifferencesContract<T> : StripContract<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [Fact]
    public void Subtract_SomeCoordinates_IsExactAndLeavesTheRest()
    {
        var random = new Random(30);
        foreach (RowStrips strips in AllLayouts())
        {
            foreach ((int dimension, int count) in ((int, int)[])[(1, 1), (3, 0), (5, 3), (9, 9), (40, 17)])
            {
                int[] coordinates = [.. Enumerable.Range(0, count).Select(_ => random.Next(dimension))];
                T[] point = [.. Enumerable.Range(0, dimension).Select(_ => T.CreateChecked(PaddedMatrix<T>.NextValue(random)))];
                StripMatrix<T> x = StripMatrix<T>.Random(random, strips, dimension, dimension, emptyLanes: 0, random.Next(3));
                StripMatrix<T> differences = new(strips, count, count + random.Next(9), (_, _) => double.NaN, double.NaN, random.Next(3));
                StripDifferences.Subtract<T>(strips, dimension, x.Span, coordinates, point, differences.Span, differences.Height);

                for (int row = 0; row < strips.Rows; row++)
                {
                    for (int i = 0; i < count; i++)
                    {
                        T expected = x[row, coordinates[i]] - point[coordinates[i]];
                        Assert.True(
                            expected == differences[row, i], $"Row {row}, value {i} is {differences[row, i]} for {expected} in {strips}.");
                    }

                    for (int i = count; i < differences.Height; i++)
                    {
                        Assert.True(T.IsNaN(differences[row, i]), $"Row {row}, value {i} was written in {strips}.");
                    }
                }

                x.AssertUntouched();
                differences.AssertNothingAroundTouched();
            }
        }
    }

    [Fact]
    public void AddSquares_AllLayouts_AddsWithinRounding()
    {
        var random = new Random(31);
        foreach (RowStrips strips in AllLayouts())
        {
            foreach (int n in (int[])[0, 1, 2, 3, 8, 129])
            {
                StripMatrix<T> values = StripMatrix<T>.Random(random, strips, n, n + random.Next(3), double.NaN, random.Next(3));
                double[] totals = [.. Enumerable.Range(0, strips.Rows + 2).Select(row => (double)row)];
                StripDifferences.AddSquares<T>(strips, n, values.Span, values.Height, totals);

                for (int row = 0; row < strips.Rows; row++)
                {
                    double expected = 0;
                    for (int i = 0; i < n; i++)
                    {
                        double value = double.CreateChecked(values[row, i]);
                        expected += value * value;
                    }

                    Assert.True(
                        Math.Abs(totals[row] - row - expected) <= (ErrorBound<T>.Gamma(n + 2) * expected) + (row * 1e-15),
                        $"Row {row} gained {totals[row] - row} for {expected} in {strips}.");
                }

                Assert.Equal([strips.Rows, strips.Rows + 1.0], totals[strips.Rows..]);
                values.AssertUntouched();
            }
        }
    }

    [Fact]
    public void ScaledSquares_AllLayouts_AreWithinRounding()
    {
        var random = new Random(32);
        foreach (RowStrips strips in AllLayouts())
        {
            foreach (int dimension in (int[])[1, 2, 7, 40])
            {
                T[] point = [.. Enumerable.Range(0, dimension).Select(_ => T.CreateChecked(PaddedMatrix<T>.NextValue(random)))];
                T[] scales = [.. Enumerable.Range(0, dimension).Select(_ => T.CreateChecked(1 + random.NextDouble()))];
                StripMatrix<T> x = StripMatrix<T>.Random(random, strips, dimension, dimension, emptyLanes: 0, random.Next(3));
                double[] distances = [.. Enumerable.Repeat(-7.0, strips.Rows + 2)];
                StripDistances.ScaledSquares<T>(strips, dimension, x.Span, point, scales, distances);

                for (int row = 0; row < strips.Rows; row++)
                {
                    double expected = 0;
                    for (int d = 0; d < dimension; d++)
                    {
                        // The difference itself is one rounding of T, whatever is lost in it.
                        double scaled = double.CreateChecked(x[row, d] - point[d]) * double.CreateChecked(scales[d]);
                        expected += scaled * scaled;
                    }

                    Assert.True(
                        Math.Abs(distances[row] - expected) <= ErrorBound<T>.Gamma(dimension + 4) * expected,
                        $"Row {row} is at {distances[row]} for {expected} in {strips}.");
                }

                Assert.Equal([-7.0, -7.0], distances[strips.Rows..]);
            }
        }
    }

    [Fact]
    public void AllKernels_WrongArguments_Throw()
    {
        RowStrips strips = new(2, 16);
        T[] three = new T[3 * strips.Lanes];
        T[] point = new T[3];
        double[] sums = new double[2];
        int[] one = [1];
        StripDifferences.Subtract<T>(strips, 3, three, one, point, three, 3);
        StripDifferences.AddSquares<T>(strips, 3, three, 3, sums);
        StripDistances.ScaledSquares<T>(strips, 3, three, point, point, sums);
        AssertAllThrow(
        [
            .. WrongLayouts.Select<RowStrips, Action>(wrong => () => StripDifferences.Subtract<T>(wrong, 3, three, one, point, three, 3)),
            .. WrongLayouts.Select<RowStrips, Action>(wrong => () => StripDifferences.AddSquares<T>(wrong, 3, three, 3, sums)),
            .. WrongLayouts.Select<RowStrips, Action>(wrong => () => StripDistances.ScaledSquares<T>(wrong, 3, three, point, point, sums)),
            () => StripDifferences.Subtract<T>(strips, 4, three, one, new T[4], three, 3),
            () => StripDifferences.Subtract<T>(strips, 3, three, [3], point, three, 3),
            () => StripDifferences.Subtract<T>(strips, 3, three, [-1], point, three, 3),
            () => StripDifferences.Subtract<T>(strips, 3, three, one, new T[2], three, 3),
            () => StripDifferences.Subtract<T>(strips, 3, three, one, point, new T[15], 1),
            () => StripDifferences.Subtract<T>(strips, 3, three, one, point, three, 0),
            () => StripDifferences.AddSquares<T>(strips, 4, three, 4, sums),
            () => StripDifferences.AddSquares<T>(strips, 3, three, 2, sums),
            () => StripDifferences.AddSquares<T>(strips, 3, three, 3, new double[1]),
            () => StripDistances.ScaledSquares<T>(strips, 4, three, new T[4], new T[4], sums),
            () => StripDistances.ScaledSquares<T>(strips, 3, three, new T[2], point, sums),
            () => StripDistances.ScaledSquares<T>(strips, 3, three, point, new T[2], sums),
            () => StripDistances.ScaledSquares<T>(strips, 3, three, point, point, new double[1]),
        ]);
    }
}
