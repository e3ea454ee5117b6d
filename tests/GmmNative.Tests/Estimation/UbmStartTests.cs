using GmmNative.Tests.Support;
using Xunit;

namespace GmmNative.Tests.Estimation;

/// <summary>The first model if there is a background model, and the seed that a result reports.</summary>
public sealed class UbmStartTests
{
    private static readonly double[] Rows = MakeRows();

    [Fact]
    public void Fit_MethodSet_StartsFromTheMethodAndKeepsThePrior()
    {
        GaussianMixture ubm = RandomMixtures.Model(new Random(1), Structures.Make("diagonal", 2), 3);
        GmmOptions once = new() { Stopping = new() { Iterations = 1 }, Prior = new() { Ubm = ubm, Alpha = 0.1 } };
        GaussianMixture fromUbm = Fit(once);
        Bits.AssertSame(fromUbm, Fit(once, ubm), "the background model as the start");

        // A preset sets the method too, but does not choose it for this training.
        GmmOptions preset = GmmOptions.Recommended with { Stopping = new() { Iterations = 1 }, Prior = once.Prior };
        Bits.AssertSame(fromUbm, Fit(preset), "the recommended options");
        Bits.AssertSame(fromUbm, Fit(preset with { Start = preset.Start with { Seed = 4 } }), "another seed");

        GmmOptions chosen = once with { Start = new() { Method = InitializationMethod.KMeansPlusPlus, Seed = 2 } };
        GaussianMixture start = new GaussianMixtureTrainer(3, new() { Start = chosen.Start, Stopping = new() { Iterations = 1 } })
            .Fit(Rows, 2).Model;
        GaussianMixture fromMethod = Fit(chosen);
        Assert.NotEqual(fromUbm.Means.ToArray(), fromMethod.Means.ToArray());

        // The prior still acts: without it the same start gives another model.
        Assert.NotEqual(start.Means.ToArray(), fromMethod.Means.ToArray());
        Assert.Equal(2, new GaussianMixtureTrainer(3, chosen).Fit(Rows, 2).StartSeed);
        Assert.Null(new GaussianMixtureTrainer(3, once).Fit(Rows, 2).StartSeed);
    }

    [Fact]
    public void Fit_OptionsOfAResult_StartFromTheSameModel()
    {
        GaussianMixture ubm = RandomMixtures.Model(new Random(1), Structures.Make("diagonal", 2), 3);
        GmmOptions options = new() { Stopping = new() { Iterations = 1 }, Prior = new() { Ubm = ubm, Alpha = 0.1 } };
        GmmFitResult first = new GaussianMixtureTrainer(3, options).Fit(Rows, 2);
        Bits.AssertSame(first.Model, Fit(first.Options), "the options of the result");
    }

    [Fact]
    public void Fit_RestartsWithoutRandomNumbers_Throws()
    {
        GaussianMixture ubm = RandomMixtures.Model(new Random(1), Structures.Make("diagonal", 2), 3);
        GmmOptions options = new() { Start = new() { Restarts = 2 }, Prior = new() { Ubm = ubm } };
        ArgumentException error = Assert.Throws<ArgumentException>(() => Fit(options));
        Assert.Contains("starts from the background model", error.Message, StringComparison.Ordinal);
        Assert.NotNull(Fit(options with { Start = options.Start with { Method = InitializationMethod.Random } }));

        double[,] posteriors = new double[60, 3];
        GmmOptions given = new() { Start = new() { Restarts = 2, Posteriors = posteriors } };
        error = Assert.Throws<ArgumentException>(() => new GaussianMixtureTrainer(3, given));
        Assert.Contains("a start from given posteriors uses none", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_Restarts_ReportTheSeedThatLeadsToTheSameModel()
    {
        GmmOptions options = new()
        {
            Start = new() { Method = InitializationMethod.Random, Seed = 5, Restarts = 6 },
            Stopping = new() { Tolerance = 1e-12, Iterations = 2000 },
        };
        GmmFitResult best = new GaussianMixtureTrainer(4, options).Fit(Rows, 2);
        int seed = Assert.NotNull(best.StartSeed);
        Assert.InRange(seed, 5, 10);
        GmmFitResult alone = new GaussianMixtureTrainer(4, options with { Start = options.Start with { Seed = seed, Restarts = 1 } })
            .Fit(Rows, 2);
        Assert.Equal(seed, alone.StartSeed);
        Assert.Equal(alone.TotalLogLikelihood, best.TotalLogLikelihood, 1e-6);
    }

    private static GaussianMixture Fit(GmmOptions options, GaussianMixture? start = null) =>
        new GaussianMixtureTrainer(options.Prior.Ubm!.ComponentCount, options).Fit(Rows, 2, start).Model;

    private static double[] MakeRows()
    {
        Random random = new(8);
        return [.. Enumerable.Range(0, 120).Select(i => (3.0 * (i / 2 % 3)) + (random.NextDouble() * 2))];
    }
}
