using GmmNative.Initialization;
using GmmNative.Tests.Support;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Initialization;

/// <summary>Starting models with fewer components than are to be trained.</summary>
public sealed class ComponentSplitTests
{
    [Fact]
    public void To_DiagonalModel_SplitsTheHeaviestAlongItsLargestVariance()
    {
        GaussianMixture model = new(
            new CovarianceStructure(CovarianceKind.Diagonal, 2), [0.3, 0.7], [0, 0, 10, 20], [1, 1, 4, 25]);
        GaussianMixture split = ComponentSplit.To(model.WithColumns(["a", "b"]), 3);
        Assert.Equal([0.3, 0.35, 0.35], split.Weights.ToArray());
        Assert.Equal([0, 0, 10, 21, 10, 19], split.Means.ToArray());
        Assert.Equal([1, 1, 4, 25, 4, 25], split.Covariances.ToArray());
        Assert.Equal(["a", "b"], split.Columns!);

        // The next component is the first of the two halves, then the second half, because a quarter of 0.7 is below 0.3.
        GaussianMixture more = ComponentSplit.To(model, 5);
        Assert.Equal([0.3, 0.175, 0.175, 0.175, 0.175], more.Weights.ToArray());
        Assert.Equal([0, 0, 10, 22, 10, 20, 10, 20, 10, 18], more.Means.ToArray());
    }

    [Fact]
    public void To_FullModel_MovesAlongTheLargestEigenvector()
    {
        // Eigenvalues 9 and 1, on the diagonals of the plane; the third coordinate has variance 4.
        double[] covariance = [5, -4, 0, -4, 5, 0, 0, 0, 4];
        GaussianMixture model = new(new CovarianceStructure(CovarianceKind.Full, 3), [1], [1, 2, 3], covariance);
        double[] means = ComponentSplit.To(model, 2).Means.ToArray();
        double step = 0.2 * 3 / Math.Sqrt(2);
        double sign = Math.Sign(means[0] - 1);
        Assert.True(Near.RelativeError([1 + (sign * step), 2 - (sign * step), 3], means.AsSpan(0, 3), 1) < 1e-14);
        Assert.True(Near.RelativeError([1 - (sign * step), 2 + (sign * step), 3], means.AsSpan(3, 3), 1) < 1e-14);
    }

    [Theory]
    [InlineData("diagonal")]
    [InlineData("full")]
    [InlineData("fullBlocks")]
    [InlineData("equalBlocks")]
    [InlineData("unequalBlocks")]
    public void Fit_FromFewerComponents_TrainsAllOfThem(string structure)
    {
        Random random = new(3);
        GaussianMixture truth = RandomMixtures.Model(random, Structures.Make(structure, 6), 4);
        double[] rows = RandomMixtures.Rows(random, truth, 2000);
        GmmOptions options = new()
        {
            Covariance = new() { Kind = truth.Structure.Kind, BlockSizes = truth.Structure.BlockSizes },
        };
        GaussianMixture one = new GaussianMixtureTrainer(1, options).Fit(rows, 6).Model;
        GmmFitResult result = new GaussianMixtureTrainer(4, options).Fit(rows, 6, start: one);
        Assert.Equal(4, result.Model.ComponentCount);
        Assert.Equal(truth.Structure, result.Model.Structure);
        double single = one.LogDensities(VectorSource.From((ReadOnlyMemory<double>)rows, 6)).Average();
        Assert.True(result.AverageLogLikelihood > single + 0.01, $"{result.AverageLogLikelihood} and {single}");
        GmmFitResult again = new GaussianMixtureTrainer(4, options with { Start = new() { Seed = 9 } }).Fit(rows, 6, start: one);
        Bits.AssertSame(result.Model, again.Model, "another seed");
    }

    [Fact]
    public void Fit_FromMoreComponents_Throws()
    {
        GaussianMixture start = RandomMixtures.Model(new Random(1), Structures.Make("diagonal", 2), 3);
        double[,] rows = { { 1, 2 }, { 3, 4 } };
        ArgumentException error = Assert.Throws<ArgumentException>(() => new GaussianMixtureTrainer(2).Fit(rows, start));
        Assert.Contains("has 3 components, more than the 2 to train", error.Message, StringComparison.Ordinal);
    }
}
