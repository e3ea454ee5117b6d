using GmmNative.Data;
using GmmNative.Data.Sources;
using GmmNative.Tests.Support;
using Xunit;

namespace GmmNative.Tests.Initialization;

/// <summary>Rows drawn at random, and k-means++.</summary>
public sealed class SeedingTests
{
    [Theory]
    [InlineData(10, 10)]
    [InlineData(10, 3)]
    [InlineData(1000000000000, 5)]
    [InlineData(1, 1)]
    public void Draw_FromEnoughRows_GivesDistinctAscendingRows(long rows, int count)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            long[] drawn = RandomRows.Draw(rows, count, new Random(seed));
            Assert.Equal(count, drawn.Length);
            Assert.Equal(drawn.Distinct().Order(), drawn);
            Assert.All(drawn, row => Assert.InRange(row, 0, rows - 1));
        }
    }

    [Fact]
    public void Draw_FromTooFewRows_GivesEachAboutAsOften()
    {
        long[] drawn = RandomRows.Draw(3, 8, new Random(1));
        Assert.Equal([0, 0, 0, 1, 1, 1, 2, 2], drawn);
    }

    [Fact]
    public void Draw_ManyTimes_GivesEachRowEquallyOften()
    {
        Random random = new(1);
        int[] counts = new int[6];
        for (int i = 0; i < 6000; i++)
        {
            foreach (long row in RandomRows.Draw(6, 2, random))
            {
                counts[row]++;
            }
        }

        // 2000 expected, deviation 37: five of them.
        Assert.All(counts, count => Assert.InRange(count, 1815, 2185));
    }

    [Fact]
    public void Read_RowsOfSequentialSource_AreThoseOfTheDirectOne()
    {
        double[] rows = RandomMixtures.Normals(new Random(2), 2 * 3000);
        long[] wanted = [0, 0, 1, 6, 7, 8, 1023, 1024, 1500, 2998, 2999, 2999];
        double[] expected = [.. wanted.SelectMany(row => rows.AsSpan(2 * (int)row, 2).ToArray())];
        Assert.Equal(expected, RandomRows.Read(VectorSource.From((ReadOnlyMemory<double>)rows, 2), wanted, default));
        Assert.Equal(expected, RandomRows.Read(Batches.Of(rows, 2), wanted, default));
        Assert.Equal(expected, RandomRows.Read(new ScriptedSource(2, _ => rows, 3), wanted, default));
    }

    [Fact]
    public void KMeansPlusPlus_AsManyClustersAsDistinctRows_TakesEach()
    {
        // Every seed after the first has probability zero on rows already taken, so all five are found with any random numbers.
        double[] points = [0, 0, 1, 0, 0, 2, 30, 30, -7, 5];
        double[] rows = [.. Enumerable.Range(0, 50).SelectMany(t => points.AsSpan(t % 5 * 2, 2).ToArray())];
        for (int seed = 0; seed < 20; seed++)
        {
            GaussianMixture model = KMeans(rows, 5, seed);
            (double, double)[] found = [.. Enumerable.Range(0, 5).Select(
                k => (Math.Round(model.Mean(k)[0], 9), Math.Round(model.Mean(k)[1], 9))).Order()];
            Assert.Equal([.. Enumerable.Range(0, 5).Select(p => (points[2 * p], points[(2 * p) + 1])).Order()], found);
        }
    }

    [Fact]
    [Trait("Lane", "Slow")]
    public void KMeansPlusPlus_SmallData_ComesNearTheBestPartitionOfAll()
    {
        // All ways to part 9 points in 3: 19683. k-means ends in a local optimum; greedy seeds make it a good one.
        for (int seed = 0; seed < 15; seed++)
        {
            double[] rows = RandomMixtures.Normals(new Random(seed), 2 * 9);
            double best = double.PositiveInfinity;
            for (int code = 0; code < 19683; code++)
            {
                best = Math.Min(best, Distortion(rows, t => code / (int)Math.Pow(3, t) % 3, 3));
            }

            GaussianMixture model = KMeans(rows, 3, seed);
            double found = Distortion(
                rows, t => Enumerable.Range(0, 3).MinBy(
                k => Math.Pow(rows[2 * t] - model.Mean(k)[0], 2) + Math.Pow(rows[(2 * t) + 1] - model.Mean(k)[1], 2)), 3);
            Assert.InRange(found, best - 1e-9, (1.6 * best) + 1e-9);
        }
    }

    [Fact]
    public void KMeansPlusPlus_FarOffset_StillSeparates()
    {
        double[] rows = [.. Enumerable.Range(0, 40).SelectMany(t => (double[])[1e9 + (t % 4), -1e9])];
        GaussianMixture model = KMeans(rows, 4, 0);
        Assert.Equal([1e9, 1e9 + 1, 1e9 + 2, 1e9 + 3], Enumerable.Range(0, 4).Select(k => model.Mean(k)[0]).Order());
    }

    [Fact]
    public void Random_Model_HasDistinctRowsAsMeansEqualWeightsAndSmallVariances()
    {
        double[] rows = RandomMixtures.Normals(new Random(3), 2 * 100);
        GaussianMixtureModeling estimator = new(1, 4, new GmmOptions
        {
            Covariance = new() { Kind = CovarianceKind.Full },
            Start = new() { Seed = 2 },
        });
        GaussianMixture model = estimator.Initialize(VectorSource.From((ReadOnlyMemory<double>)rows, 2), InitializationMethod.Random);
        double[] variances = [.. Enumerable.Range(0, 2).Select(d => Variance(rows, d))];
        Assert.Equal(4, Enumerable.Range(0, 4).Select(k => model.Mean(k)[0]).Distinct().Count());
        for (int k = 0; k < 4; k++)
        {
            Assert.Equal(0.25, model.Weights.Span[k]);
            double[] place = model.Mean(k).ToArray();
            Assert.Contains(Enumerable.Range(0, 100), t => rows[2 * t] == place[0] && rows[(2 * t) + 1] == place[1]);
            double nearest = Enumerable.Range(0, 4).Where(j => j != k)
                .Min(j => Enumerable.Range(0, 2).Average(d => Math.Pow(model.Mean(j)[d] - place[d], 2) / variances[d]));
            Assert.Equal(variances[0] * Math.Min(0.25, nearest), model.CovarianceAt(k, 0, 0), 1e-12);
            Assert.Equal(variances[1] * Math.Min(0.25, nearest), model.CovarianceAt(k, 1, 1), 1e-12);
            Assert.Equal(0, model.CovarianceAt(k, 0, 1));
        }
    }

    [Fact]
    public void Random_AsManyComponentsAsDistinctRows_TakesEach()
    {
        double[] points = [0, 0, 1, 0, 0, 2, 30, 30];
        double[] rows = [.. Enumerable.Range(0, 400).SelectMany(t => points.AsSpan(t % 4 * 2, 2).ToArray())];
        for (int seed = 0; seed < 20; seed++)
        {
            GaussianMixtureModeling estimator = new(1, 4, new GmmOptions { Start = new() { Seed = seed } });
            GaussianMixture model = estimator.Initialize(VectorSource.From((ReadOnlyMemory<double>)rows, 2), InitializationMethod.Random);
            (double, double)[] found = [.. Enumerable.Range(0, 4).Select(k => (model.Mean(k)[0], model.Mean(k)[1])).Order()];
            Assert.Equal([.. Enumerable.Range(0, 4).Select(p => (points[2 * p], points[(2 * p) + 1])).Order()], found);
        }
    }

    [Fact]
    public void Initialize_UndefinedMethod_Throws() => Assert.Throws<ArgumentOutOfRangeException>(
        () => new GaussianMixtureModeling(0, 1).Initialize(
        VectorSource.From((ReadOnlyMemory<double>)new double[] { 1 }, 1), (InitializationMethod)9));

    private static double Variance(double[] rows, int column)
    {
        double mean = Enumerable.Range(0, rows.Length / 2).Average(t => rows[(2 * t) + column]);
        return Enumerable.Range(0, rows.Length / 2).Average(t => Math.Pow(rows[(2 * t) + column] - mean, 2));
    }

    private static GaussianMixture KMeans(double[] rows, int components, int seed) =>
        new GaussianMixtureModeling(1, components, new GmmOptions { Start = new() { Seed = seed } })
            .Initialize(VectorSource.From((ReadOnlyMemory<double>)rows, 2), InitializationMethod.KMeansPlusPlus);

    private static double Distortion(double[] rows, Func<int, int> cluster, int clusters)
    {
        double sum = 0;
        for (int k = 0; k < clusters; k++)
        {
            int[] own = [.. Enumerable.Range(0, rows.Length / 2).Where(t => cluster(t) == k)];
            for (int d = 0; d < 2 && own.Length > 0; d++)
            {
                double mean = own.Average(t => rows[(2 * t) + d]);
                sum += own.Sum(t => Math.Pow(rows[(2 * t) + d] - mean, 2));
            }
        }

        return sum;
    }
}
