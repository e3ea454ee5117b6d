using System.Numerics;
using System.Runtime.InteropServices;
using GmmNative.Interop.Kernels;
using GmmNative.Interop.Seam;
using GmmNative.TestSupport;

namespace GmmNative.Interop.Tests;

/// <summary>Log-sum-exp and posteriors against the double-double reference.</summary>
public abstract class PosteriorContract<T> : StripContract<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>An exponential below this may become 0.</summary>
    private static readonly double Smallest = Math.ScaleB(1.5, typeof(T) == typeof(double) ? -960 : -100);

    /// <summary>What the exponential of a vector may err by, in units of roundoff: two units in the last place.</summary>
    private const int ExpError = 4;

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1e-3, 5)]
    [InlineData(3, -40)]
    [InlineData(30, 1e4)]
    [InlineData(120, -3000)]
    [InlineData(900, 0)]
    [InlineData(5000, -1e6)]
    public void FromLogJoint_AnySpread_IsWithinRoundingOfReference(double spread, double offset)
    {
        var random = new Random(30);
        foreach (RowStrips strips in AllLayouts())
        {
            foreach (int n in (int[])[1, 2, 3, 8, 33])
            {
                int height = n + random.Next(9);
                GuardedStrips<T> l = new(
                    strips, n, height, (_, _) => (float)(offset - (spread * random.NextDouble())), double.NaN, random.Next(3));
                CheckAgainstReference(l);
            }
        }
    }

    [Fact]
    public void FromLogJoint_AnySpread_GivesNoSubnormalPosterior()
    {
        // Every distance from the top occurs, down to where exponentials become zero, beside many equal tops that are divided by.
        const int Components = 1000;
        double step = typeof(T) == typeof(double) ? 0.8 : 0.11;
        foreach (RowStrips strips in Layouts(7))
        {
            GuardedStrips<T> l = new(strips, Components, Components, (row, k) => k < 50 ? 0 : -(step * k) - (0.013 * row));
            Run(l);
            T[] posteriors = [.. l.Elements()];
            Assert.Contains(posteriors, T.IsZero);
            Assert.DoesNotContain(posteriors, T.IsSubnormal);
            Assert.Contains(posteriors, p => !T.IsZero(p) && p < T.CreateChecked(typeof(T) == typeof(double) ? 1e-280 : 1e-29));
        }
    }

    [Fact]
    public void FromLogJoint_SomeMinusInfinity_AreExactlyZero()
    {
        var random = new Random(31);
        foreach (RowStrips strips in Layouts(53))
        {
            // At least one value of each row is finite: the first of even rows, the last of odd ones.
            GuardedStrips<T> l = new(
                strips, 6, 8, (row, k) => k == (row % 2) * 5 || random.Next(2) == 0 ? -random.NextDouble() : double.NegativeInfinity);
            T[] before = [.. l.Elements()];
            CheckAgainstReference(l);
            T[] after = [.. l.Elements()];
            Assert.Contains(before, T.IsNegativeInfinity);
            for (int i = 0; i < before.Length; i++)
            {
                Assert.Equal(T.IsNegativeInfinity(before[i]), T.IsZero(after[i]));
            }
        }
    }

    [Fact]
    public void FromLogJoint_AllMinusInfinity_GivesMinusInfinityAndEqualPosteriors()
    {
        foreach (RowStrips strips in Layouts(53))
        {
            foreach (int n in (int[])[1, 3, 8])
            {
                GuardedStrips<T> l = new(strips, n, n + 1, (row, k) => row % 5 == 2 ? double.NegativeInfinity : row == k ? 0 : -1);
                (double[] logSums, double[] sums) = Run(l);
                for (int row = 0; row < strips.Rows; row++)
                {
                    Assert.Equal(row % 5 == 2, double.IsNegativeInfinity(logSums[row]));
                    Assert.True(double.IsNegativeInfinity(logSums[row]) || double.IsFinite(logSums[row]));
                    for (int k = 0; k < n && row % 5 == 2; k++)
                    {
                        Assert.Equal(T.One / T.CreateChecked(n), l[row, k]);
                    }
                }

                Assert.Equal(strips.Rows, sums.Sum(), 1e-4);
                l.AssertEmptyIsZero();
            }
        }
    }

    [Fact]
    public void FromLogJoint_BeyondRangeOfExp_GivesExactlyZeroAndOneWithinRounding()
    {
        double[] below = [-1000, -1e5, -1e30, -1e37];
        foreach (RowStrips strips in Layouts(53))
        {
            foreach (double level in (double[])[0, -1e6, 1e6])
            {
                GuardedStrips<T> l = new(strips, 5, 5, (row, k) => k == row % 5 ? level : level + below[(row + k) % below.Length]);
                (double[] logSums, double[] sums) = Run(l);
                for (int row = 0; row < strips.Rows; row++)
                {
                    // exp(0) may be off in its last place.
                    Assert.Equal(level, logSums[row], ExpError * ErrorBound<T>.UnitRoundoff);
                    for (int k = 0; k < 5; k++)
                    {
                        double expected = k == row % 5 ? 1 : 0;
                        Assert.Equal(expected, double.CreateChecked(l[row, k]), expected * 2 * ErrorBound<T>.UnitRoundoff);
                    }
                }

                Assert.Equal([11, 11, 11, 10, 10], sums, (x, y) => Math.Abs(x - y) < 1e-5);
            }
        }
    }

    [Fact]
    public void FromLogJoint_OneValueARow_IsOneAndTheValueWithinRounding()
    {
        foreach (RowStrips strips in AllLayouts())
        {
            GuardedStrips<T> l = new(strips, 1, 3, (row, _) => (row * 1024.5) - 7);
            (double[] logSums, double[] sums) = Run(l);
            for (int row = 0; row < strips.Rows; row++)
            {
                Assert.Equal(1, double.CreateChecked(l[row, 0]), 2 * ErrorBound<T>.UnitRoundoff);
                Assert.Equal((row * 1024.5) - 7, logSums[row], ExpError * ErrorBound<T>.UnitRoundoff);
            }

            Assert.Equal(strips.Rows, sums[0], strips.Rows * 2 * ErrorBound<T>.UnitRoundoff);
            l.AssertEmptyIsZero();
        }
    }

    [Fact]
    public void FromLogJoint_NaNInOneRow_LeavesOtherRowsAlone()
    {
        foreach (RowStrips strips in Layouts(53))
        {
            foreach (double bad in (double[])[double.NaN, double.PositiveInfinity])
            {
                GuardedStrips<T> well = new(strips, 4, 4, (row, k) => row - k);
                GuardedStrips<T> sick = new(strips, 4, 4, (row, k) => row == 17 && k == 2 ? bad : row - k);
                (double[] expected, _) = Run(well);
                (double[] actual, double[] sums) = Run(sick);
                for (int row = 0; row < strips.Rows; row++)
                {
                    Assert.Equal(row == 17 ? double.NaN : expected[row], actual[row]);
                    for (int k = 0; k < 4; k++)
                    {
                        Assert.Equal(row == 17 ? T.NaN : well[row, k], sick[row, k]);
                    }
                }

                Assert.All(sums, sum => Assert.Equal(double.NaN, sum));
            }
        }
    }

    [Fact]
    public void FromLogJoint_SameRowElsewhere_GivesSameBits()
    {
        const int N = 9;
        var random = new Random(32);
        double[][] rows = [.. Enumerable.Range(0, 131).Select(i => RowOf(i, N, random))];
        var forward = new RowStrips(rows.Length, 16);
        GuardedStrips<T> expected = new(forward, N, N, (row, k) => rows[row][k]);
        (double[] expectedLogSums, _) = Run(expected);
        foreach (RowStrips strips in Layouts(rows.Length))
        {
            GuardedStrips<T> l = new(strips, N, N + 3, (row, k) => rows[rows.Length - 1 - row][k], double.NaN, offset: 1);
            (double[] logSums, _) = Run(l);
            Assert.Equal(MemoryMarshal.AsBytes<double>(expectedLogSums), MemoryMarshal.AsBytes<double>([.. logSums.Reverse()]));
            for (int row = 0; row < rows.Length; row++)
            {
                for (int k = 0; k < N; k++)
                {
                    Assert.Equal(expected[row, k], l[rows.Length - 1 - row, k]);
                }
            }
        }
    }

    [Fact]
    public void FromLogJoint_Sums_AreAddedAndMayBeLeftOut()
    {
        foreach (RowStrips strips in Layouts(53))
        {
            GuardedStrips<T> with = new(strips, 3, 3, (row, k) => row * k * 0.125);
            GuardedStrips<T> without = new(strips, 3, 3, (row, k) => row * k * 0.125);
            double[] sums = [100, 200, 300, -7];
            double[] logSums = new double[strips.Rows];
            Posteriors.FromLogJoint(with.Matrix, 3, logSums, sums);
            (_, double[] fromZero) = Run(new(strips, 3, 3, (row, k) => row * k * 0.125));
            Assert.Equal([100 + fromZero[0], 200 + fromZero[1], 300 + fromZero[2]], sums[..3], (x, y) => Math.Abs(x - y) < 1e-10);
            Assert.Equal(-7, sums[3]);

            Posteriors.FromLogJoint(without.Matrix, 3, logSums, []);
            Assert.Equal(with.Elements(), without.Elements());
        }
    }

    [Fact]
    public void FromLogJoint_WrongArguments_Throw()
    {
        var strips = new RowStrips(5, 16);
        double[] logSums = new double[5];
        Posteriors.FromLogJoint(Room(strips, 3), 3, logSums, new double[3]);
        AssertAllThrow(
            () => Posteriors.FromLogJoint(Room(strips, 3), 0, logSums, []),
            () => Posteriors.FromLogJoint(Room(strips, 3), 4, logSums, []),
            () => Posteriors.FromLogJoint(Room(strips, 3), 3, logSums.AsSpan(1), []),
            () => Posteriors.FromLogJoint(Room(strips, 3), 3, logSums, new double[2]));
    }

    /// <summary>Ordinary rows, and now and then one with values beyond the range of exp, which must not affect its neighbors.</summary>
    private static double[] RowOf(int index, int n, Random random) => [.. Enumerable.Range(0, n).Select(k =>
        index % 19 == 3 ? double.NegativeInfinity
        : index % 7 == 2 && k == 4 ? -3000
        : index % 11 == 5 && k == 5 ? -708.2
        : -50 * random.NextDouble())];

    /// <summary>Runs the kernel; it must leave alone what lies behind the results.</summary>
    private static (double[] LogSums, double[] Sums) Run(GuardedStrips<T> l)
    {
        double[] logSums = [.. Enumerable.Repeat(-7.0, l.Strips.Rows + 2)];
        double[] sums = [.. new double[l.Values], -7];
        Posteriors.FromLogJoint(l.Matrix, l.Values, logSums, sums);
        l.AssertNothingAroundTouched();
        Assert.Equal([-7, -7], logSums[l.Strips.Rows..]);
        Assert.Equal(-7, sums[^1]);
        return (logSums[..l.Strips.Rows], sums[..^1]);
    }

    private static void CheckAgainstReference(GuardedStrips<T> l)
    {
        double u = ErrorBound<T>.UnitRoundoff;
        (double[] logSums, double[] sums) = Run(l);
        l.AssertEmptyIsZero();
        DenseMatrix original = l.OriginalReference();
        double[] addedUp = new double[l.Values];
        for (int row = 0; row < l.Strips.Rows; row++)
        {
            (DoubleDouble logSum, DoubleDouble[] expected, double[] depth) = Reference(original, row);

            // The subtraction of the largest rounds, which exp turns into a relative error of |l - top| u; then exp itself, the sum of
            // n terms, and the scaling by a rounded reciprocal. Depths beyond the range of exp have no weight.
            double weighted = Enumerable.Range(0, l.Values).Sum(k => expected[k].High > 0 ? expected[k].High * depth[k] : 0);
            double ofSum = (weighted + l.Values + ExpError) * u;
            double top = Math.Abs(Enumerable.Range(0, l.Values).Max(k => original[row, k].High));
            double logBound = (1.01 * ofSum)
                + (4 * ErrorBound<double>.UnitRoundoff * (top + Math.Log(l.Values) + 1)) + (l.Values * Smallest);
            double logError = Math.Abs((logSum - logSums[row]).High);
            Assert.True(logError <= logBound,
                $"Row {row} of {l.Strips}: log-sum {logSums[row]:R} for {logSum}, error {logError:E2} over {logBound:E2}.");
            for (int k = 0; k < l.Values; k++)
            {
                double actual = double.CreateChecked(l[row, k]);
                double relative = expected[k].High > 0 ? 1.01 * (((depth[k] + ExpError + 2) * u) + ofSum) : 0;
                double error = Math.Abs((expected[k] - actual).High);
                double bound = (relative * expected[k].High) + Smallest;
                Assert.True(
                    error <= bound, $"Row {row}, value {k} of {l.Strips}: {actual:R} for {expected[k]}, error {error:E2} over {bound:E2}.");
                addedUp[k] += actual;
            }
        }

        for (int k = 0; k < l.Values; k++)
        {
            double bound = ErrorBound<T>.Gamma(l.Strips.Lanes + 1) * addedUp[k];
            Assert.True(Math.Abs(sums[k] - addedUp[k]) <= bound, $"Sum {k} of {l.Strips} is {sums[k]:R} for {addedUp[k]:R}.");
        }
    }

    /// <summary>exp in two factors, so that each of them is a normal number.</summary>
    private static DoubleDouble Exp(DoubleDouble value)
    {
        DoubleDouble root = DoubleDouble.Exp(value * 0.5);
        return root * root;
    }

    /// <summary>The log-sum, the posteriors and the distance of each value below the largest, of one row.</summary>
    private static (DoubleDouble LogSum, DoubleDouble[] Posteriors, double[] Depth) Reference(DenseMatrix l, int row)
    {
        int n = l.Columns;
        DoubleDouble top = Enumerable.Range(0, n).Select(k => l[row, k]).Aggregate(DoubleDouble.Max);
        double[] depth = [.. Enumerable.Range(0, n).Select(k => top.High - l[row, k].High)];

        // Far below the normal numbers the reference has no exponentials either.
        DoubleDouble[] exps = [.. Enumerable.Range(0, n).Select(k => depth[k] < 740 ? Exp(l[row, k] - top) : DoubleDouble.Zero)];
        DoubleDouble sum = exps.Aggregate((x, y) => x + y);
        return (top + DoubleDouble.Log(sum), [.. exps.Select(exp => exp / sum)], depth);
    }
}
