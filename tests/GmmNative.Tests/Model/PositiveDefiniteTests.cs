using GmmNative.Model;
using GmmNative.Tests.Support;
using Xunit;

namespace GmmNative.Tests.Model;

/// <summary>Which covariances are positive definite.</summary>
public sealed class PositiveDefiniteTests
{
    [Theory]
    [InlineData("full", 1)]
    [InlineData("full", 7)]
    [InlineData("fullBlocks", 7)]
    [InlineData("equalBlocks", 6)]
    [InlineData("unequalBlocks", 7)]
    public void IsPositiveDefinite_AnyStructure_LooksAtEachGroup(string name, int dimension)
    {
        CovarianceStructure structure = Structures.Make(name, dimension);
        double[] covariance = RandomMixtures.Model(new Random(1), structure, 1).Covariances.ToArray();
        Assert.True(PositiveDefinite.IsPositiveDefinite(structure, covariance));
        for (int d = 0; d < dimension; d++)
        {
            foreach (double variance in (double[])[0, -1, double.NaN])
            {
                double[] changed = [.. covariance];
                changed[(d * dimension) + d] = variance;
                Assert.False(PositiveDefinite.IsPositiveDefinite(structure, changed), $"{variance} at {d}");
            }

            for (int e = 0; e < d; e++)
            {
                // A correlation above 1 makes any group indefinite; entries between groups are not read.
                double[] changed = [.. covariance];
                double product = 1.01 * Math.Sqrt(covariance[(d * dimension) + d] * covariance[(e * dimension) + e]);
                (changed[(d * dimension) + e], changed[(e * dimension) + d]) = (product, product);
                Assert.Equal(!structure.IsKept(d, e), PositiveDefinite.IsPositiveDefinite(structure, changed));
            }
        }
    }

    [Fact]
    public void IsPositiveDefinite_WhereRoundingDecides_IsDecidedByMoreDigits()
    {
        // Hilbert matrices are positive definite; that of 12 rows is at the border of what double resolves.
        CovarianceStructure structure = Structures.Make("full", 12);
        double[] hilbert = [.. Enumerable.Range(0, 144).Select(i => 1.0 / (1 + (i / 12) + (i % 12)))];
        Assert.True(PositiveDefinite.IsPositiveDefinite(structure, hilbert));

        // The last pivot of [[1, a], [a, a a - or + a unit]]: rounding makes zero of both.
        const double a = 1.0 / 3;
        Assert.True(PositiveDefinite.IsPositiveDefinite(Structures.Make("full", 2), [1, a, a, Math.BitIncrement(a * a)]));
        Assert.False(PositiveDefinite.IsPositiveDefinite(Structures.Make("full", 2), [1, a, a, Math.BitDecrement(a * a)]));
    }

    [Fact]
    public void IsPositiveDefinite_Cancelled_Throws()
    {
        CovarianceStructure structure = Structures.Make("full", 700);
        double[] identity = new double[700 * 700];
        for (int d = 0; d < 700; d++)
        {
            identity[d * 701] = 1;
        }

        Assert.ThrowsAny<OperationCanceledException>(
            () => PositiveDefinite.IsPositiveDefinite(structure, identity, new CancellationToken(true)));
    }
}
