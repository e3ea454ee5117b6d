using System.Numerics;
using GmmNative.Interop.Kernels;
using GmmNative.Interop.Seam;

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
                GuardedStrips<T> x = GuardedStrips<T>.Random(random, strips, dimension, dimension, emptyLanes: 0, random.Next(3));
                GuardedStrips<T> differences = new(strips, count, count + random.Next(9), (_, _) => double.NaN, double.NaN, random.Next(3));
                StripDifferences.Subtract(x.Matrix, coordinates, point, differences.Matrix);

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
                GuardedStrips<T> values = GuardedStrips<T>.Random(random, strips, n, n + random.Next(3), double.NaN, random.Next(3));
                double[] totals = [.. Enumerable.Range(0, strips.Rows + 2).Select(row => (double)row)];
                StripDifferences.AddSquares<T>(values.Matrix, n, totals);

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
                GuardedStrips<T> x = GuardedStrips<T>.Random(random, strips, dimension, dimension, emptyLanes: 0, random.Next(3));
                double[] distances = [.. Enumerable.Repeat(-7.0, strips.Rows + 2)];
                StripDistances.ScaledSquares(x.Matrix, point, scales, distances);

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
        T[] point = new T[3];
        double[] sums = new double[2];
        int[] one = [1];
        StripDifferences.Subtract(Room(strips, 3), one, point, Room(strips, 3));
        StripDifferences.AddSquares<T>(Room(strips, 3), 3, sums);
        StripDistances.ScaledSquares<T>(Room(strips, 3), point, point, sums);
        AssertAllThrow(
            () => StripDifferences.Subtract(Room(strips, 3), [3], point, Room(strips, 3)),
            () => StripDifferences.Subtract(Room(strips, 3), [-1], point, Room(strips, 3)),
            () => StripDifferences.Subtract(Room(strips, 3), one, new T[2], Room(strips, 3)),
            () => StripDifferences.Subtract(Room(strips, 3), one, point, Room(new RowStrips(3, 16), 3)),
            () => StripDifferences.Subtract(Room(strips, 3), one, point, Room(new RowStrips(2, 32), 3)),
            () => StripDifferences.Subtract(Room(strips, 3), one, point, Room(strips, 0)),
            () => StripDifferences.AddSquares<T>(Room(strips, 3), 4, sums),
            () => StripDifferences.AddSquares<T>(Room(strips, 3), 3, new double[1]),
            () => StripDistances.ScaledSquares<T>(Room(strips, 3), new T[2], point, sums),
            () => StripDistances.ScaledSquares<T>(Room(strips, 3), point, new T[2], sums),
            () => StripDistances.ScaledSquares<T>(Room(strips, 3), point, point, new double[1]));
    }
}
