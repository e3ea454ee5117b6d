using GmmNative.Estimation.Options;
using GmmNative.Estimation.Steps;
using GmmNative.Execution;
using GmmNative.Expectation;
using GmmNative.Maximization;
using GmmNative.Maximization.Priors;
using GmmNative.Passes;
using GmmNative.Tests.Support;
using Xunit;

namespace GmmNative.Tests.Estimation;

/// <summary>The trainer: what it starts from, its presets, regularization, and the objective of adaptation.</summary>
public sealed class TrainerTests
{
    private static readonly double[] Rows = RandomMixtures.Rows(
        new Random(1), RandomMixtures.Model(new Random(2), Structures.Make("full", 3), 3), 900);

    private static IVectorSource Source => VectorSource.From((ReadOnlyMemory<double>)Rows, 3);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Constructor_NoComponents_Throws(int components) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianMixtureTrainer(components));

    [Fact]
    public void Constructor_OptionOutOfRange_ThrowsOneLine()
    {
        GmmOptions[] wrong =
        [
            new() { Stopping = new() { Iterations = 0 } },
            new() { Stopping = new() { Tolerance = -1 } },
            new() { Stopping = new() { Test = (StoppingTest)9 } },
            new() { Stopping = new() { ToleranceOn = (ToleranceTarget)9 } },
            new() { Covariance = new() { RelativeVarianceFloor = 1.1 } },
            new() { Covariance = new() { RelativeVarianceFloor = double.NaN } },
            new() { Covariance = new() { Regularization = -1 } },
            new() { Covariance = new() { Regularization = double.PositiveInfinity } },
            new() { Covariance = new() { VarianceFloorOn = (VarianceFloorTarget)9 } },
            new() { Start = new() { Method = (InitializationMethod)17 } },
            new() { Start = new() { Distances = (DistanceUnit)9 } },
            new() { Prior = new() { Alpha = 0.5 } },
            new() { Update = new() { WeightFloor = 0.6 } },
            new() { Start = null! },
            new() { Stopping = null! },
            new() { Covariance = null! },
            new() { Prior = null! },
            new() { Update = null! },
            new() { Execution = null! },
        ];
        Assert.All(wrong, options =>
            Assert.DoesNotContain('\n', Assert.ThrowsAny<ArgumentException>(() => new GaussianMixtureTrainer(2, options)).Message));
    }

    [Fact]
    public void Fit_OptionsLeftOpen_AreRecordedWithTheirDefaults()
    {
        GmmOptions given = new() { Start = new() { Seed = 4 }, Stopping = new() { Tolerance = 1e-3 } };
        GmmOptions used = new GaussianMixtureTrainer(3, given).Fit(Source).Options;
        GmmOptions expected = GmmOptions.Recommended;
        Assert.Equal(expected.Start with { Seed = 4 }, used.Start);
        Assert.Equal(expected.Stopping with { Tolerance = 1e-3 }, used.Stopping);
        Assert.Equal(expected.Covariance, used.Covariance);
        Assert.Equal(1e-5, used.Update.WeightFloor);
        GmmOptions reference = new GaussianMixtureModeling(Source.Dimension - 1, 3, given).Fit(Source).Options;
        Assert.Equal(GmmOptions.Diffsptk.Stopping with { Tolerance = 1e-3 }, reference.Stopping);
        Assert.Equal(GmmOptions.Diffsptk.Covariance, reference.Covariance);
    }

    [Fact]
    public void Fit_GivenStart_GoesOnFromIt()
    {
        GaussianMixture start = RandomMixtures.Model(new Random(3), Structures.Make("full", 3), 3);
        GmmOptions options = new() { Covariance = new() { Kind = CovarianceKind.Full }, Stopping = new() { Iterations = 1 } };
        GmmFitResult result = new GaussianMixtureTrainer(3, options).Fit(Source, start);
        Assert.Equal(start.LogDensities(Source).Sum(), result.TotalLogLikelihood, 1e-8);
        Assert.Throws<ArgumentException>(() => new GaussianMixtureTrainer(2, options).Fit(Source, start));
        GmmFitResult fromUbm = new GaussianMixtureTrainer(3, options with { Prior = options.Prior with { Ubm = start } }).Fit(Source);
        Assert.Equal(result.TotalLogLikelihood, fromUbm.TotalLogLikelihood);
    }

    [Fact]
    public void Fit_ReturnPosterior_IsThatOfTheModel()
    {
        GmmFitResult result = new GaussianMixtureTrainer(2).Fit(Source, returnPosterior: true);
        Bits.AssertSame(result.Model.Posteriors(Source), result.Posterior!, "posteriors");
        Assert.True(result.InitializationTime > TimeSpan.Zero && result.EmTime > TimeSpan.Zero);
    }

    [Fact]
    public void Fit_PresetOfTheReference_IsTheReferencesClass()
    {
        GaussianMixtureModeling reference = new(2, 3, new GmmOptions
        {
            Covariance = new() { Kind = CovarianceKind.Full },
            Start = new() { Seed = 4 },
        });
        GmmFitResult expected = reference.Fit(Source);
        GmmFitResult result = new GaussianMixtureTrainer(3, GmmOptions.Diffsptk with
        {
            Covariance = GmmOptions.Diffsptk.Covariance with { Kind = CovarianceKind.Full },
            Start = GmmOptions.Diffsptk.Start with { Seed = 4 },
        }).Fit(
            Source);
        Bits.AssertSame(expected.Model, result.Model, "model");
        Assert.Equal(expected.History.Count, result.History.Count);
        GmmFitResult average = new GaussianMixtureTrainer(3, GmmOptions.Sptk with
        {
            Covariance = GmmOptions.Sptk.Covariance with { Kind = CovarianceKind.Full },
            Start = GmmOptions.Sptk.Start with { Seed = 4 },
        }).Fit(
            Source);
        Assert.True(average.History.Count < result.History.Count);
    }

    [Fact]
    public void Fit_PresetOfScikitLearn_RegularizesInsteadOfFlooring()
    {
        double[] rows = [.. Enumerable.Range(0, 200).SelectMany(t => (double[])[t % 2, 5, 1e-3 * (t % 3)])];
        GmmFitResult result = new GaussianMixtureTrainer(1, GmmOptions.ScikitLearn with
        {
            Covariance = GmmOptions.ScikitLearn.Covariance with { Kind = CovarianceKind.Full },
        })
            .Fit(VectorSource.From((ReadOnlyMemory<double>)rows, 3));
        Assert.Equal(0.25 + 1e-6, result.Model.CovarianceAt(0, 0, 0), 1e-12);
        Assert.Equal(1e-6, result.Model.CovarianceAt(0, 1, 1), 1e-15);
        double third = Enumerable.Range(0, 200).Average(t => 1e-6 * (t % 3) * (t % 3)) - Math.Pow(
            Enumerable.Range(0, 200).Average(t => 1e-3 * (t % 3)), 2);
        Assert.Equal(third + 1e-6, result.Model.CovarianceAt(0, 2, 2), 1e-15);
        Assert.Empty(result.Diagnostics.VarianceFlooredComponents);
        Assert.Equal(StopReason.Converged, result.StopReason);
    }

    [Theory]
    [InlineData("diagonal", 0.2)]
    [InlineData("full", 1.0)]
    [InlineData("fullBlocks", 0.7)]
    [InlineData("equalBlocks", 0.4)]
    public void Fit_Adaptation_NeverLowersItsObjective(string name, double alpha)
    {
        // Few rows and a background model far from them: the prior is worth as much as the rows.
        CovarianceStructure structure = Structures.Make(name, 3);
        double[] few = Rows[..24];
        IVectorSource rows = VectorSource.From((ReadOnlyMemory<double>)few, 3);
        GaussianMixture ubm = RandomMixtures.Model(new Random(5), structure, 3, offset: 3);
        GmmOptions options = new()
        {
            Covariance = new() { Kind = structure.Kind, BlockSizes = structure.BlockSizes },
            Stopping = new() { Tolerance = 0, Iterations = 60 },
            Prior = new() { Ubm = ubm, Alpha = alpha },
            Update = new() { WeightFloor = 0 },
        };
        ResolvedOptions resolved = ResolvedOptions.ForTrainer(options, 3, structure);
        ExecutionPlan execution = ExecutionPlan.From(options.Execution);
        TrainingData data = TrainingData.Of(rows, execution, default);
        UpdateOptions maximization = UpdateSettings.For(resolved, data.Summary, execution, default) with
        {
            Prior = new AlphaPrior(ubm, alpha),
        };
        EmStep<double> step = new(data, structure, 3, maximization, execution);
        GaussianMixture model = RandomMixtures.Model(new Random(6), structure, 3);
        double before = double.NegativeInfinity;
        for (int iteration = 1; iteration <= 60; iteration++)
        {
            EmStepResult result = step.Run(model, iteration, null, default);
            Assert.True(
                result.Objective >= before - (1e-12 * Math.Abs(before)), $"iteration {iteration}: {result.Objective:R} below {before:R}");
            (before, model) = (result.Objective, result.Update.Model);
        }

        Assert.NotEqual(StopReason.Fell, new GaussianMixtureTrainer(3, options).Fit(rows).StopReason);
    }

    [Fact]
    public void AlphaPrior_OfOneCoordinate_IsItsFormula()
    {
        // Two components of variances 2 and 3, a background model of variances 5 and 7.
        CovarianceStructure structure = Structures.Make("diagonal", 1);
        GaussianMixture model = new(structure, [0.25, 0.75], [1, -1], [2, 3]);
        GaussianMixture ubm = new(structure, [0.6, 0.4], [0.5, -2], [5, 7]);
        double Part(double share, double weight, double variance, double second) =>
            0.8 * share * (Math.Log(weight) - (0.5 * (Math.Log(2 * Math.PI * variance) + (second / variance))));
        double expected = Part(0.6, 0.25, 2, 5 + 0.25) + Part(0.4, 0.75, 3, 7 + 1);
        Assert.Equal(expected, new AlphaPrior(ubm, 0.8).LogDensity(new MixtureFactors(model, ExecutionPlan.From(null))), 1e-12);
    }
}
