using GmmNative.Inference.Comparison;
using GmmNative.Tests.Support;
using Xunit;

namespace GmmNative.Tests.Inference;

/// <summary>Quantiles of log-densities.</summary>
public sealed class AnomalyTests
{
    private static readonly GaussianMixture Model = RandomMixtures.Model(new Random(1), Structures.Make("full", 2), 3);

    // The answers of numpy.percentile(numbers, q).
    [Theory]
    [InlineData(0, -3.0)]
    [InlineData(1, -2.92)]
    [InlineData(10, -2.2)]
    [InlineData(25, -1.0)]
    [InlineData(33.3, -0.336)]
    [InlineData(50, 1.0)]
    [InlineData(99, 9.8)]
    [InlineData(100, 10.0)]
    public void Quantile_UnsortedNumbers_IsNumpysPercentile(double percent, double expected) =>
        Assert.Equal(expected, Quantile.Of([10, -3, 1, 5, -1], percent / 100), 1e-14);

    [Fact]
    public void Quantile_OneNumberOrInfinities_IsNotNaN()
    {
        Assert.Equal(4, Quantile.Of([4], 0.37));
        Assert.Equal(double.NegativeInfinity, Quantile.Of([1, double.NegativeInfinity, 2], 0.1));
        Assert.Equal(1, Quantile.Of([1, double.NegativeInfinity, 2], 0.5));
    }

    [Fact]
    public void LogDensityQuantile_TrainingRows_LeavesTheirShareBelow()
    {
        double[] rows = RandomMixtures.Rows(new Random(2), Model, 1001);
        double[] densities = Model.LogDensities(rows, 2);
        double threshold = Model.LogDensityQuantile(rows, 2, share: 0.05);
        Assert.Equal(50, densities.Count(density => density < threshold));
        Assert.Equal(densities.Order().ElementAt(50), threshold);
        Assert.Equal(densities.Min(), Model.LogDensityQuantile(rows, 2, share: 0));
        Assert.Equal(densities.Max(), Model.LogDensityQuantile(rows, 2, share: 1));
    }

    [Fact]
    public void LogDensityQuantile_EachFormOfRows_GivesTheSame()
    {
        double[,] rows = { { 1, 2 }, { 0.5, -3 }, { 4, 0.25 } };
        float[,] single = { { 1, 2 }, { 0.5f, -3 }, { 4, 0.25f } };
        double[] flat = [1, 2, 0.5, -3, 4, 0.25];
        double expected = Model.LogDensityQuantile(VectorSource.From(rows), 0.3);
        Assert.Equal(expected, Model.LogDensityQuantile(rows, 0.3));
        Assert.Equal(expected, Model.LogDensityQuantile(single, 0.3));
        Assert.Equal(expected, Model.LogDensityQuantile(flat, 2, 0.3));
        Assert.Equal(expected, Model.LogDensityQuantile((float[])[.. flat.Select(x => (float)x)], 2, 0.3));
        Assert.Equal(expected, Model.LogDensityQuantile((double[][])[[1, 2], [0.5, -3], [4, 0.25]], 0.3));
        Assert.Equal(expected, Model.LogDensityQuantile((float[][])[[1, 2], [0.5f, -3], [4, 0.25f]], 0.3));
    }

    [Theory]
    [InlineData(-0.01)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void LogDensityQuantile_ShareOutOfRange_Throws(double share) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Model.LogDensityQuantile(new double[,] { { 1, 2 } }, share));

    [Fact]
    public void LogDensityQuantile_BadRows_Throws()
    {
        Assert.Throws<VectorDataException>(() => Model.LogDensityQuantile(new double[0, 2], 0.5));
        Assert.Throws<VectorDataException>(() => Model.LogDensityQuantile(new double[,] { { 1 } }, 0.5));
        Assert.Throws<VectorDataException>(() => Model.LogDensityQuantile(new double[,] { { 1, double.NaN } }, 0.5));
    }
}
