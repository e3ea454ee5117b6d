using GmmNative.Expectation;
using GmmNative.Tests.Support;
using Xunit;

namespace GmmNative.Tests.Expectation;

/// <summary>The point that rows are taken about: the mixture's mean or the weighted median of its means.</summary>
public sealed class ExpansionPointTests
{
    [Fact]
    public void Of_TwoEqualComponents_IsTheMean() =>
        Assert.Equal([1], ExpansionPoint.Of(new GaussianMixture(Structures.Make("diagonal", 1), [0.5, 0.5], [0, 2], [1, 1])));

    [Fact]
    public void Of_OneComponentFarToOneSide_IsTheMedian() => Assert.Equal(
        [1, -1],
        ExpansionPoint.Of(new GaussianMixture(
            Structures.Make("diagonal", 2), [0.2, 0.5, 0.3], [0, 0, 1, -1, 1e6, -1e6], [1, 1, 1, 1, 1, 1])));

    [Fact]
    public void Of_HalfOfTheWeightExactly_IsTheMeanThatReachesIt() => Assert.Equal(
        [1], ExpansionPoint.Of(new GaussianMixture(Structures.Make("diagonal", 1), [0.5, 0.25, 0.25], [1e6, 0, 1], [1, 1, 1])));

    [Fact]
    public void Of_HeavyLastMean_IsTheMedianByWeight()
    {
        // Sorted by value the weights are 0.1, 0.1, 0.2, 0.6: half is reached at the last one, wherever it stands.
        GaussianMixture model = new(Structures.Make("diagonal", 1), [0.6, 0.1, 0.1, 0.2], [50, -1e7, 30, 40], [1, 1, 1, 1]);
        Assert.Equal([50], ExpansionPoint.Of(model));
    }

    [Theory]
    [InlineData("diagonal", 1)]
    [InlineData("diagonal", 3)]
    [InlineData("full", 3)]
    [InlineData("unequalBlocks", 5)]
    public void Of_AnyModel_IsTheCandidateThatComponentsAreNearerTo(string name, int dimension)
    {
        int medians = 0;
        for (int seed = 0; seed < 60; seed++)
        {
            Random random = new(seed);
            CovarianceStructure structure = Structures.Make(name, dimension);
            GaussianMixture model = RandomMixtures.Model(random, structure, 1 + (seed % 6), offset: -3);
            double[] means = model.Means.ToArray();
            if (seed % 2 == 0)
            {
                means.AsSpan(0, dimension).Fill(10 + (100 * random.NextDouble()));
                model = new GaussianMixture(structure, model.Weights.Span, means, model.Covariances.Span);
            }

            double[] mean = [.. Enumerable.Range(0, dimension).Select(d => Each(model).Sum(k => model.Weights.Span[k] * model.Mean(k)[d]))];
            double[] median = [.. Enumerable.Range(0, dimension).Select(d => Median(model, d))];
            bool isMedian = Spread(model, median) < Spread(model, mean);
            medians += isMedian ? 1 : 0;
            double[] expected = isMedian ? median : mean;
            double[] actual = ExpansionPoint.Of(model);
            for (int d = 0; d < dimension; d++)
            {
                Assert.Equal(expected[d], actual[d], 1e-12);
            }
        }

        Assert.InRange(medians, 5, 55);
    }

    private static IEnumerable<int> Each(GaussianMixture model) => Enumerable.Range(0, model.ComponentCount);

    /// <summary>The smallest mean that, with all smaller ones, has half of the weight.</summary>
    private static double Median(GaussianMixture model, int d) => Each(model).Select(k => model.Mean(k)[d]).Order()
        .First(x => Each(model).Where(k => model.Mean(k)[d] <= x).Sum(k => model.Weights.Span[k]) >= 0.5 - 1e-15);

    private static double Spread(GaussianMixture model, double[] point) => Each(model).Sum(k => model.Weights.Span[k] * Math.Log(
        1 + Enumerable.Range(0, point.Length).Sum(d => Math.Pow(model.Mean(k)[d] - point[d], 2) / model.CovarianceAt(k, d, d))));
}
