using GmmNative.Tests.Support;
using Xunit;

namespace GmmNative.Tests.Estimation;

/// <summary>The best of several starts with successive seeds.</summary>
public sealed class RestartTests
{
    private const int Dimension = 2;

    [Fact]
    [Trait("Lane", "Slow")]
    public void Fit_Restarts_EndsWhereOneOfTheSeedsEndsAndNotWorseThanMost()
    {
        double[] rows = Blobs(1600, 8);
        GmmOptions options = Options(InitializationMethod.Random);
        double[] single = [.. Enumerable.Range(5, 8).Select(
            seed => new GaussianMixtureTrainer(8, options with { Start = options.Start with { Seed = seed } })
                .Fit(rows, Dimension).AverageLogLikelihood)];
        double best = new GaussianMixtureTrainer(8, options with { Start = options.Start with { Seed = 5, Restarts = 8 } })
            .Fit(rows, Dimension).AverageLogLikelihood;
        Assert.Contains(single, value => Math.Abs(value - best) < 1e-3);
        Assert.True(best >= single.Order().ElementAt(4), $"{best} of {string.Join(", ", single)}");
        Assert.True(single.Max() - single.Min() > 0.05, "the seeds make no difference here");
    }

    [Theory]
    [InlineData(InitializationMethod.KMeansPlusPlus, Precision.Double)]
    [InlineData(InitializationMethod.Random, Precision.Single)]
    [InlineData(InitializationMethod.Auto, Precision.Double)]
    public void Fit_AnyThreads_GivesTheSameBits(InitializationMethod method, Precision precision)
    {
        double[] rows = Blobs(2500, 4);
        GaussianMixture Train(int threads, int? batch) => new GaussianMixtureTrainer(4, Options(method) with
        {
            Start = new() { Method = method, Seed = 2, Restarts = 3 },
            Stopping = new() { Iterations = 3 },
            Execution = new ExecutionOptions { Threads = threads, BatchSize = batch, Precision = precision },
        }).Fit(rows, Dimension).Model;
        Bits.AssertSame(Train(1, null), Train(3, 500), "three threads");
    }

    [Fact]
    public void Fit_EqualStarts_ContinuesTheLowerSeed()
    {
        // One component: every start is the same model, so the first one continues, and ten iterations change nothing.
        double[] rows = Blobs(300, 1);
        GmmOptions options = Options(InitializationMethod.LindeBuzoGray);
        GaussianMixture one = new GaussianMixtureTrainer(1, options).Fit(rows, Dimension).Model;
        GaussianMixture five = new GaussianMixtureTrainer(1, options with { Start = options.Start with { Restarts = 5 } })
            .Fit(rows, Dimension).Model;
        for (int i = 0; i < one.Means.Length; i++)
        {
            Assert.Equal(one.Means.Span[i], five.Means.Span[i], 1e-12);
        }
    }

    [Fact]
    public void Fit_StartsThatFail_LeavesTheOthers()
    {
        // With a variance floor of 0, a start fails if a cluster consists of equal rows.
        double[] rows = [.. Blobs(60, 2), .. Enumerable.Repeat(500.0, 2 * 40)];
        GmmOptions options = new()
        {
            Covariance = new() { VarianceFloor = 0 },
            Start = new() { Method = InitializationMethod.KMeansPlusPlus, Restarts = 4 },
        };
        Assert.Throws<SingularCovarianceException>(() => new GaussianMixtureTrainer(3, options).Fit(rows, Dimension));
    }

    [Fact]
    public void Fit_WrongRestarts_Throws()
    {
        ArgumentException error = Assert.ThrowsAny<ArgumentException>(
            () => new GaussianMixtureTrainer(2, new GmmOptions { Start = new() { Restarts = 0 } }));
        Assert.Contains("restarts must be at least 1", error.Message, StringComparison.Ordinal);
        GaussianMixture start = RandomMixtures.Model(new Random(1), Structures.Make("diagonal", 2), 2);
        error = Assert.Throws<ArgumentException>(
            () => new GaussianMixtureTrainer(2, new GmmOptions { Start = new() { Restarts = 2 } }).Fit(Blobs(20, 2), Dimension, start));
        Assert.Contains("Restarts", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_Canceled_Throws()
    {
        using CancellationTokenSource stop = new();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => new GaussianMixtureTrainer(
            2, new GmmOptions { Start = new() { Restarts = 4 } }).Fit(Blobs(100, 2), Dimension, cancellationToken: stop.Token));
    }

    private static GmmOptions Options(InitializationMethod method) => new()
    {
        Start = new() { Method = method },
        Stopping = new() { Iterations = 300, Tolerance = 1e-9 },
    };

    private static double[] Blobs(int count, int clusters)
    {
        Random random = new(5);
        double[] centers = [.. RandomMixtures.Normals(random, Dimension * clusters).Select(x => 9 * x)];
        return [.. Enumerable.Range(0, count).SelectMany(t => Enumerable.Range(0, Dimension).Select(
            d => centers[(t % clusters * Dimension) + d] + RandomMixtures.Normal(random)))];
    }
}
