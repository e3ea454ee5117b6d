using GmmNative.Initialization.Seeding;
using GmmNative.Tests.Support;
using Xunit;

namespace GmmNative.Tests.Initialization;

/// <summary>The splitting and what comes of it.</summary>
public sealed class LindeBuzoGrayTests
{
    [Theory]
    [InlineData(1, new int[0])]
    [InlineData(2, new[] { 2 })]
    [InlineData(3, new[] { 2, 3 })]
    [InlineData(6, new[] { 2, 3, 6 })]
    [InlineData(7, new[] { 2, 4, 7 })]
    [InlineData(12, new[] { 2, 3, 6, 12 })]
    [InlineData(64, new[] { 2, 4, 8, 16, 32, 64 })]
    [InlineData(96, new[] { 2, 3, 6, 12, 24, 48, 96 })]
    public void Sizes_OfCount_GrowToTheOddPartThenDouble(int components, int[] expected) =>
        Assert.Equal(expected, LindeBuzoGray.Sizes(components));

    [Fact]
    public void Sizes_OfAnyCount_NeverMoreThanDoubleAndEndThere()
    {
        for (int components = 1; components <= 300; components++)
        {
            int size = 1;
            foreach (int next in LindeBuzoGray.Sizes(components))
            {
                Assert.InRange(next, size + 1, 2 * size);
                size = next;
            }

            Assert.Equal(components, size);
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(8)]
    public void Warmup_SeparateClusters_FindsEach(int components)
    {
        // Clusters of unequal size around the points of a line, far apart.
        Random random = new(1);
        List<double> rows = [];
        for (int k = 0; k < components; k++)
        {
            for (int t = 0; t < 100; t++)
            {
                rows.AddRange([(1000.0 * k) + RandomMixtures.Normal(random), RandomMixtures.Normal(random)]);
            }
        }

        GaussianMixture model = new GaussianMixtureModeling(1, components).Warmup(Source([.. rows]));
        double[] places = [.. Enumerable.Range(0, components).Select(k => model.Mean(k)[0]).Order()];
        for (int k = 0; k < components; k++)
        {
            Assert.Equal(1000.0 * k, places[k], 1.0);
            Assert.Equal(1.0 / components, model.Weights.Span[k], 1e-12);
            Assert.InRange(model.CovarianceAt(k, 0, 0), 0.5, 2);
        }
    }

    [Fact]
    public void Warmup_Model_IsWeightsMeansAndCovariancesOfNearestCentroidClusters()
    {
        double[] rows = RandomMixtures.Normals(new Random(2), 2 * 400);
        GmmOptions options = new() { Covariance = new() { Kind = CovarianceKind.Full } };
        GaussianMixture model = new GaussianMixtureModeling(1, 6, options).Warmup(
            Source(rows), new LindeBuzoGrayOptions { Tolerance = 0, Iterations = 500 });

        // At the fixed point of k-means the means are the centroids, so that each row belongs to the nearest mean.
        int[] labels = [.. Enumerable.Range(0, 400).Select(t => Nearest(model, rows.AsSpan(2 * t, 2)))];
        for (int k = 0; k < 6; k++)
        {
            int[] own = [.. Enumerable.Range(0, 400).Where(t => labels[t] == k)];
            Assert.Equal(own.Length / 400.0, model.Weights.Span[k], 1e-4);
            double[] mean = [own.Average(t => rows[2 * t]), own.Average(t => rows[(2 * t) + 1])];
            for (int i = 0; i < 2; i++)
            {
                Assert.Equal(mean[i], model.Mean(k)[i], 1e-12);
                for (int j = 0; j < 2; j++)
                {
                    double covariance = own.Average(t => (rows[(2 * t) + i] - mean[i]) * (rows[(2 * t) + j] - mean[j]));
                    Assert.Equal(covariance, model.CovarianceAt(k, i, j), 1e-12);
                }
            }
        }
    }

    [Fact]
    public void Warmup_MinDataPerCluster_SplitsSmallClustersAnew()
    {
        // Three far outliers would be a cluster of their own.
        double[] rows = RandomMixtures.Normals(new Random(3), 2 * 500);
        for (int t = 0; t < 3; t++)
        {
            rows[2 * t] = 1000 + t;
        }

        int Moves(int minimum)
        {
            ProgressList progress = new();
            GaussianMixture model = new GaussianMixtureModeling(1, 4, new GmmOptions { Update = new() { WeightFloor = 0 } })
                .Warmup(Source(rows), new LindeBuzoGrayOptions { MinDataPerCluster = minimum }, progress);
            Assert.Equal(1, model.Weights.ToArray().Sum(), 1e-12);
            return progress.Items.Count;
        }

        // Outliers draw a centroid to them again and again, so that the splitting goes on for longer.
        Assert.True(Moves(20) > Moves(1));
    }

    [Fact]
    public void Warmup_Seed_DecidesTheResult()
    {
        double[] rows = RandomMixtures.Normals(new Random(4), 2 * 300);
        GaussianMixture Warm(int seed) => new GaussianMixtureModeling(1, 8, new GmmOptions
        {
            Start = new() { Seed = seed },
        }).Warmup(Source(rows));
        Bits.AssertSame(Warm(1), Warm(1), "same seed");
        Assert.NotEqual(Warm(1).Means.ToArray(), Warm(2).Means.ToArray());
    }

    [Theory]
    [InlineData(-40)]
    [InlineData(-3)]
    [InlineData(50)]
    public void Warmup_RowsScaledByPowerOfTwo_IsScaledToTheBit(int exponent)
    {
        double[] rows = RandomMixtures.Normals(new Random(5), 3 * 500);
        GaussianMixture Warm(double[] x) =>
            new GaussianMixtureModeling(2, 8, new GmmOptions { Covariance = new() { VarianceFloor = 0, Kind = CovarianceKind.Full } })
            .Warmup(VectorSource.From((ReadOnlyMemory<double>)x, 3));
        GaussianMixture plain = Warm(rows);
        GaussianMixture scaled = Warm([.. rows.Select(x => Math.ScaleB(x, exponent))]);
        Bits.AssertSame(plain.Weights.Span, scaled.Weights.Span, "weights");
        Bits.AssertSame([.. plain.Means.ToArray().Select(x => Math.ScaleB(x, exponent))], scaled.Means.Span, "means");
        Bits.AssertSame([.. plain.Covariances.ToArray().Select(x => Math.ScaleB(x, 2 * exponent))], scaled.Covariances.Span, "covariances");
    }

    [Fact]
    public void Warmup_OneIteration_StillMovesTheCentroids()
    {
        // Two far clusters: one assignment and one update find them; no update would leave both centroids at the middle.
        double[] rows = [.. Enumerable.Range(0, 200).SelectMany(t => (double[])[t % 2 == 0 ? 100 : -100, t % 4 < 2 ? 50 : -50])];
        GaussianMixture model = new GaussianMixtureModeling(1, 4).Warmup(Source(rows), new LindeBuzoGrayOptions { Iterations = 1 });
        Assert.All(model.Weights.ToArray(), weight => Assert.Equal(0.25, weight, 1e-12));
    }

    private static int Nearest(GaussianMixture model, ReadOnlySpan<double> row)
    {
        int best = 0;
        double least = double.PositiveInfinity;
        for (int k = 0; k < model.ComponentCount; k++)
        {
            double distance = Math.Pow(row[0] - model.Mean(k)[0], 2) + Math.Pow(row[1] - model.Mean(k)[1], 2);
            (best, least) = distance < least ? (k, distance) : (best, least);
        }

        return best;
    }

    private static IVectorSource Source(double[] rows) => VectorSource.From((ReadOnlyMemory<double>)rows, 2);
}
