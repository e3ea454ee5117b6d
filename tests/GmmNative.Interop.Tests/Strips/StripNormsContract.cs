using System.Numerics;
using GmmNative.Interop.Kernels;
using GmmNative.Interop.Seam;

namespace GmmNative.Interop.Tests;

/// <summary>Squared norms of rows in strips.</summary>
public abstract class StripNormsContract<T> : StripContract<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [Fact]
    public void AppendSquares_SmallIntegers_AreExactAndTheOnlyChange()
    {
        var random = new Random(40);
        foreach (RowStrips strips in AllLayouts())
        {
            foreach (int n in (int[])[0, 1, 2, 7, 8, 9, 40])
            {
                // Sums of squares of small integers have no rounding, in any order and precision.
                int height = n + 1 + random.Next(3);
                GuardedStrips<T> x = new(strips, height, height, (_, _) => random.Next(-9, 10), 0, random.Next(3));
                T[,] before = new T[strips.Rows, height];
                for (int row = 0; row < strips.Rows; row++)
                {
                    for (int d = 0; d < height; d++)
                    {
                        before[row, d] = x[row, d];
                    }
                }

                StripNorms.AppendSquares(x.Matrix, n);
                for (int row = 0; row < strips.Rows; row++)
                {
                    T expected = T.Zero;
                    for (int d = 0; d < height; d++)
                    {
                        T value = before[row, d];
                        expected += d < n ? value * value : T.Zero;
                        Assert.True(d == n || value == x[row, d], $"Row {row}, value {d} of {height} has changed in {strips}.");
                    }

                    Assert.True(expected == x[row, n], $"Row {row} has the norm {x[row, n]} for {expected} in {strips}.");
                }

                x.AssertEmptyIsZero();
                x.AssertNothingAroundTouched();
            }
        }
    }

    [Fact]
    public void AppendSquares_WrongArguments_Throw()
    {
        var strips = new RowStrips(5, 16);
        T[] values = new T[strips.Length(3)];
        Assert.ThrowsAny<ArgumentException>(() => StripNorms.AppendSquares(new StripMatrix<T>(strips, values, 3), -1));
        Assert.ThrowsAny<ArgumentException>(() => StripNorms.AppendSquares(new StripMatrix<T>(strips, values, 3), 3));
        StripNorms.AppendSquares(new StripMatrix<T>(strips, values, 3), 2);
    }
}
