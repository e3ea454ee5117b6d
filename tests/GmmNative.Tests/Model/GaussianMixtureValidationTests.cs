using Xunit;

namespace GmmNative.Tests.Model;

/// <summary>What the constructor refuses.</summary>
public sealed class GaussianMixtureValidationTests
{
    private static readonly CovarianceStructure Diagonal = new(CovarianceKind.Diagonal, 2);
    private static readonly CovarianceStructure Full = new(CovarianceKind.Full, 2);

    [Theory]
    [InlineData(0.5, 0.4)]
    [InlineData(1.5, -0.5)]
    [InlineData(double.NaN, 1)]
    [InlineData(double.PositiveInfinity, 0)]
    public void Constructor_ArraysOfWrongWeights_Throws(double first, double second)
    {
        // Arrays, not spans: what readers of files hold.
        double[] weights = [first, second];
        double[] means = new double[4];
        double[] variances = [1, 1, 1, 1];
        InvalidMixtureException error = Assert.Throws<InvalidMixtureException>(
            () => new GaussianMixture(Diagonal, weights, means, variances));
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Constructor_ArraysWithVarianceNotPositive_ThrowsNamingComponent(double variance)
    {
        double[] weights = [0.5, 0.5];
        double[] means = new double[4];
        double[] variances = [1, 1, 1, variance];
        InvalidMixtureException error = Assert.Throws<InvalidMixtureException>(
            () => new GaussianMixture(Diagonal, weights, means, variances));
        Assert.Contains("component 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_NonFiniteMean_ThrowsNamingComponent()
    {
        double[] weights = [0.5, 0.5];
        double[] means = [0, 0, 0, double.NaN];
        double[] variances = [1, 1, 1, 1];
        InvalidMixtureException error = Assert.Throws<InvalidMixtureException>(
            () => new GaussianMixture(Diagonal, weights, means, variances));
        Assert.Contains("component 1", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new double[] { 1, 2, 2, 1 }, "positive definite")]
    [InlineData(new double[] { 1, 0.5, 0.4, 1 }, "symmetric")]
    [InlineData(new double[] { 1, 1, 1, 1 }, "positive definite")]
    public void Constructor_FullCovarianceThatIsNone_Throws(double[] covariance, string reason)
    {
        double[] weights = [1];
        InvalidMixtureException error = Assert.Throws<InvalidMixtureException>(
            () => new GaussianMixture(Full, weights, new double[2], covariance));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains("component 0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_EntryOutsideStructure_Throws()
    {
        CovarianceStructure blocks = new(CovarianceKind.Full, 2, [1, 1]);
        double[] weights = [1];
        Assert.Throws<InvalidMixtureException>(() => new GaussianMixture(blocks, weights, new double[2], new double[] { 1, 0.1, 0.1, 1 }));
    }

    [Fact]
    public void Constructor_LengthsThatDoNotFit_ThrowsArgumentException()
    {
        Assert.Throws<ArgumentException>(() => new GaussianMixture(Diagonal, [], [], []));
        Assert.Throws<ArgumentException>(() => new GaussianMixture(Diagonal, new double[] { 1 }, new double[3], new double[] { 1, 1 }));
        Assert.Throws<ArgumentException>(() => new GaussianMixture(Diagonal, new double[] { 1 }, new double[2], new double[] { 1, 1, 1 }));
        Assert.Throws<ArgumentException>(() => new GaussianMixture(Full, new double[] { 1 }, new double[2], new double[] { 1, 1 }));
    }

    [Fact]
    public void Constructor_WeightsWithinRounding_KeepsTheirBits()
    {
        double[] weights = [.. Enumerable.Repeat(0.1, 10)];
        GaussianMixture model = new(
            new CovarianceStructure(CovarianceKind.Diagonal, 1), weights, new double[10], [.. Enumerable.Repeat(1.0, 10)]);
        Assert.Equal(weights, model.Weights.ToArray());
    }

    [Fact]
    public void Constructor_WeightsOfSinglePrecision_AreScaledToOne()
    {
        double[] weights = [0.3333333, 0.3333333, 0.3333333];
        GaussianMixture model = new(new CovarianceStructure(CovarianceKind.Diagonal, 1), weights, new double[3], new double[] { 1, 1, 1 });
        Assert.Equal(1, model.Weights.ToArray().Sum(), 1e-15);
    }

    [Fact]
    public void Constructor_CallersArrays_AreCopied()
    {
        double[] means = [1, 2];
        GaussianMixture model = new(Diagonal, new double[] { 1 }, means, new double[] { 1, 1 });
        means[0] = 99;
        Assert.Equal(1, model.Mean(0)[0]);
    }
}
