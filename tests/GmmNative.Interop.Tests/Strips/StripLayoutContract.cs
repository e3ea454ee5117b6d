using System.Numerics;
using GmmNative.Interop.Kernels;
using GmmNative.Interop.Seam;

namespace GmmNative.Interop.Tests;

/// <summary>Rows into strips, products of their values, and places of the largest: all exact.</summary>
public abstract class StripLayoutContract<T> : StripContract<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [Fact]
    public void FromRows_AllLayouts_SubtractsShiftInDoubleAndClearsEmptyLanes()
    {
        var random = new Random(20);
        foreach (RowStrips strips in AllLayouts())
        {
            foreach (int dimension in (int[])[0, 1, 2, 3, 7, 8, 9, 40])
            {
                // In single precision nothing would be left of numbers around 1e9 that differ by less than 64.
                double[] shift = [.. Enumerable.Range(0, dimension + 2).Select(d => 1e9 * (d + 1) / 3)];
                double[] rows = [.. Enumerable.Range(0, (strips.Rows * dimension) + 3)
                    .Select(i => dimension == 0 ? 0 : shift[i % dimension] + random.NextDouble())];
                GuardedStrips<T> x = new(strips, dimension, dimension, (_, _) => double.NaN, double.NaN, random.Next(3));
                StripLayout.FromRows(rows, shift, x.Matrix);

                for (int row = 0; row < strips.Rows; row++)
                {
                    for (int d = 0; d < dimension; d++)
                    {
                        T expected = T.CreateChecked(rows[(row * dimension) + d] - shift[d]);
                        Assert.True(
                            expected == x[row, d], $"Row {row}, value {d} of {dimension} is {x[row, d]} for {expected} in {strips}.");
                    }
                }

                x.AssertEmptyIsZero();
                x.AssertNothingAroundTouched();
            }
        }
    }

    [Fact]
    public void FromRows_RoomForMoreValues_WritesOnlyTheRows()
    {
        var random = new Random(23);
        foreach (RowStrips strips in AllLayouts())
        {
            foreach ((int dimension, int height) in ((int, int)[])[(0, 1), (1, 2), (7, 8), (9, 12), (39, 40)])
            {
                double[] shift = [.. Enumerable.Range(0, dimension).Select(d => d + 0.5)];
                double[] rows = [.. Enumerable.Range(0, strips.Rows * dimension).Select(i => (double)i)];
                GuardedStrips<T> x = new(strips, height, height, (_, _) => -7, -7, random.Next(3));
                StripLayout.FromRows(rows, shift, x.Matrix, dimension);
                for (int row = 0; row < strips.Rows; row++)
                {
                    for (int d = 0; d < height; d++)
                    {
                        T expected = T.CreateChecked(d < dimension ? rows[(row * dimension) + d] - shift[d] : -7);
                        Assert.True(expected == x[row, d], $"Row {row}, value {d} is {x[row, d]} for {expected} in {strips}.");
                    }
                }

                x.AssertNothingAroundTouched();
            }
        }

        Assert.ThrowsAny<ArgumentException>(() => StripLayout.FromRows(new double[15], new double[3], Room(new RowStrips(5, 16), 2), 3));
    }

    [Fact]
    public void Products_LinearAndQuadratic_AreExactAndClearUpToHeight()
    {
        var random = new Random(21);
        foreach (RowStrips strips in AllLayouts())
        {
            foreach ((int dimension, int count) in ((int, int)[])[(1, 0), (1, 2), (3, 9), (5, 8), (7, 33), (0, 0)])
            {
                int[] left = [.. Enumerable.Range(0, count).Select(_ => random.Next(-2, dimension))];
                int[] right = [.. Enumerable.Range(0, count).Select(_ => random.Next(dimension))];
                GuardedStrips<T> x = GuardedStrips<T>.Random(random, strips, dimension, dimension, emptyLanes: 0, random.Next(3));
                int height = count + (random.Next(3) * random.Next(9));
                GuardedStrips<T> products = new(strips, count, height, (_, _) => double.NaN, double.NaN, random.Next(3));
                StripLayout.Products(x.Matrix, left, right, products.Matrix);

                for (int row = 0; row < strips.Rows; row++)
                {
                    for (int f = 0; f < count; f++)
                    {
                        T expected = left[f] < 0 ? x[row, right[f]] : x[row, left[f]] * x[row, right[f]];
                        Assert.True(
                            expected == products[row, f],
                            $"Row {row}, product {f} ({left[f]}, {right[f]}) is {products[row, f]} for {expected} in {strips}.");
                    }
                }

                x.AssertUntouched();
                products.AssertEmptyIsZero();
                products.AssertNothingAroundTouched();
            }
        }
    }

    [Fact]
    public void LargestPlaces_ManyEquals_AreTheFirst()
    {
        double[] candidates = [double.NegativeInfinity, -1e30, -2, -2, 0, 0.5, 3];
        var random = new Random(22);
        foreach (RowStrips strips in AllLayouts())
        {
            foreach (int n in (int[])[1, 2, 3, 7, 8, 9, 40, 257])
            {
                // Few different values, minus infinity among them; NaN in the lanes and values that do not count.
                double[] some = candidates[..random.Next(1, candidates.Length + 1)];
                GuardedStrips<T> values = new(
                    strips, n, n + random.Next(3), (_, _) => some[random.Next(some.Length)], double.NaN, random.Next(3));
                int[] places = [.. Enumerable.Repeat(-7, strips.Rows + 2)];
                StripLayout.LargestPlaces<T>(values.Matrix, n, places);

                for (int row = 0; row < strips.Rows; row++)
                {
                    int expected = 0;
                    for (int k = 1; k < n; k++)
                    {
                        expected = values[row, k] > values[row, expected] ? k : expected;
                    }

                    Assert.True(expected == places[row], $"Row {row} has its largest of {n} at {places[row]} for {expected} in {strips}.");
                }

                Assert.Equal([-7, -7], places[strips.Rows..]);
                values.AssertUntouched();
            }
        }
    }

    [Fact]
    public void LargestPlaces_EveryPlace_IsFound()
    {
        const int N = 129;
        foreach (RowStrips strips in Layouts(N))
        {
            GuardedStrips<T> values = new(strips, N, N, (row, k) => k == row ? 1 : -k);
            int[] places = new int[N];
            StripLayout.LargestPlaces<T>(values.Matrix, N, places);
            Assert.Equal(Enumerable.Range(0, N), places);
        }
    }

    [Fact]
    public void AllKernels_WrongArguments_Throw()
    {
        var strips = new RowStrips(5, 16);
        double[] rows = new double[15];
        int[] factors = [0, 1];
        int[] places = new int[5];
        StripLayout.FromRows(rows, new double[3], Room(strips, 3));
        StripLayout.Products(Room(strips, 3), factors, factors, Room(strips, 2));
        StripLayout.LargestPlaces<T>(Room(strips, 3), 3, places);

        AssertAllThrow(
            () => StripLayout.FromRows(rows.AsSpan(1), new double[3], Room(strips, 3)),
            () => StripLayout.FromRows(rows, new double[2], Room(strips, 3)),
            () => StripLayout.Products(Room(strips, 3), factors, factors.AsSpan(1), Room(strips, 2)),
            () => StripLayout.Products(Room(strips, 3), [0, 3], factors, Room(strips, 2)),
            () => StripLayout.Products(Room(strips, 3), factors, [0, 3], Room(strips, 2)),
            () => StripLayout.Products(Room(strips, 3), factors, [0, -1], Room(strips, 2)),
            () => StripLayout.Products(Room(strips, 3), factors, factors, Room(strips, 1)),
            () => StripLayout.Products(Room(strips, 3), factors, factors, Room(new RowStrips(4, 16), 2)),
            () => StripLayout.Products(Room(strips, 3), factors, factors, Room(new RowStrips(5, 32), 2)),
            () => StripLayout.LargestPlaces<T>(Room(strips, 3), 0, places),
            () => StripLayout.LargestPlaces<T>(Room(strips, 3), 4, places),
            () => StripLayout.LargestPlaces<T>(Room(strips, 3), 3, places.AsSpan(1)));
    }

    [Fact]
    public void PaddedHeight_AnyHeight_IsWholeBlocksAndNoMultipleOf32()
    {
        for (int height = 0; height < 200; height++)
        {
            int padded = RowStrips.PaddedHeight(height);
            Assert.InRange(padded, height, height + 15);
            Assert.Equal(0, padded % 8);
            Assert.NotEqual(0, padded % 32);
        }
    }

    [Fact]
    public void Layout_EveryRowAndValue_HasAPlaceOfItsOwnWithinLength()
    {
        const int Height = 5;
        foreach (RowStrips strips in AllLayouts())
        {
            HashSet<int> places = [];
            for (int row = 0; row < strips.Lanes; row++)
            {
                for (int value = 0; value < Height; value++)
                {
                    int place = strips.Offset(row, Height) + (value * strips.Width);
                    Assert.InRange(place, 0, strips.Length(Height) - 1);
                    places.Add(place);
                }
            }

            Assert.Equal(strips.Length(Height), places.Count);
            Assert.Equal(strips.Lanes, strips.Count * strips.Width);
            Assert.InRange(strips.Rows, strips.Lanes - Math.Max(0, strips.Width - 1), strips.Lanes);
        }
    }
}
