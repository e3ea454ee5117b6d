using System.Numerics;
using GmmNative.Interop.Kernels;

namespace GmmNative.Interop.Tests;

/// <summary>Weighted differences of rows from a point: rows of weight 0 left out, differences in double.</summary>
public abstract class WeightedRowsContract<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [Fact]
    public void Scale_SomeWeightsZero_WritesAndSumsTheOthers()
    {
        var random = new Random(33);
        foreach (int dimension in (int[])[1, 2, 7, 8, 9, 17, 40])
        {
            foreach (int rows in (int[])[0, 1, 2, 9])
            {
                // Around 1e9: in single precision nothing would be left of differences taken after rounding.
                double[] origin = [.. Enumerable.Range(0, dimension).Select(d => 1e9 * (d + 1) / 3)];
                double[] x = [.. Enumerable.Range(0, rows * dimension).Select(i => origin[i % dimension] + random.NextDouble())];
                double[] weights = [.. Enumerable.Range(0, rows).Select(r => r % 3 == 1 ? 0 : random.NextDouble())];
                int stride = dimension + random.Next(4);
                T[] scaled = [.. Enumerable.Repeat(T.NaN, (rows * stride) + 3)];
                double[] sum = [.. Enumerable.Range(0, dimension).Select(d => d + 0.5)];
                int used = WeightedRows.Scale<T>(dimension, x, weights, origin, sum, scaled, stride);

                int[] wanted = [.. Enumerable.Range(0, rows).Where(r => weights[r] != 0)];
                Assert.Equal(wanted.Length, used);
                for (int d = 0; d < dimension; d++)
                {
                    double expected = d + 0.5;
                    for (int i = 0; i < used; i++)
                    {
                        double difference = x[(wanted[i] * dimension) + d] - origin[d];
                        expected += weights[wanted[i]] * difference;
                        Assert.Equal(T.CreateTruncating(Math.Sqrt(weights[wanted[i]]) * difference), scaled[(i * stride) + d]);
                    }

                    Assert.Equal(expected, sum[d], 1e-13);
                }

                for (int i = 0; i < scaled.Length; i++)
                {
                    Assert.True(
                        T.IsNaN(scaled[i]) == (i / stride >= used || i % stride >= dimension),
                        $"Element {i} of {rows} rows of {dimension}.");
                }
            }
        }
    }

    [Fact]
    public void Scale_WrongArguments_Throw()
    {
        double[] rows = new double[6];
        double[] two = new double[2];
        double[] three = new double[3];
        T[] scaled = new T[6];
        Assert.Equal(0, WeightedRows.Scale<T>(3, rows, two, three, three, scaled, 3));
        Action[] wrong =
        [
            () => WeightedRows.Scale<T>(3, rows.AsSpan(1), two, three, three, scaled, 3),
            () => WeightedRows.Scale<T>(-1, rows, two, three, three, scaled, 3),
            () => WeightedRows.Scale<T>(3, rows, three, three, three, scaled, 3),
            () => WeightedRows.Scale<T>(3, rows, two, two, three, scaled, 3),
            () => WeightedRows.Scale<T>(3, rows, two, three, two, scaled, 3),
            () => WeightedRows.Scale<T>(3, rows, two, three, three, scaled.AsSpan(1), 3),
            () => WeightedRows.Scale<T>(3, rows, two, three, three, scaled, 2),
        ];
        Assert.All(wrong, call => Assert.IsAssignableFrom<ArgumentException>(Record.Exception(call)));
    }
}
