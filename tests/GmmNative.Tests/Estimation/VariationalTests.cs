using GmmNative.Estimation.Steps;
using GmmNative.Execution;
using GmmNative.Interop;
using GmmNative.Maximization.Variational;
using GmmNative.Passes;
using GmmNative.Tests.Support;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Estimation;

/// <summary>Variational training: the bound, the end, priors from the rows, weights of rows, and what repeats to the bit.</summary>
public sealed class VariationalTests
{
    private const int Dimension = 3;

    private static readonly double[] Rows = MakeRows();

    public static TheoryData<WeightPrior, string> Kinds
    {
        get
        {
            TheoryData<WeightPrior, string> data = [];
            foreach (WeightPrior prior in Enum.GetValues<WeightPrior>())
            {
                foreach (string structure in (string[])["diagonal", "full", "fullBlocks", "equalBlocks"])
                {
                    data.Add(prior, structure);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Fit_AnyThreadsAndBatches_HasTheSameBits(WeightPrior prior, string name)
    {
        CovarianceStructure structure = Structures.Make(name, name == "equalBlocks" ? 4 : Dimension);
        Random random = new(11);
        double[] rows = RandomMixtures.Rows(random, RandomMixtures.Model(random, structure, 3), 3000);
        foreach (BackendKind backend in TestBackends.Kinds)
        {
            foreach (Precision precision in Enum.GetValues<Precision>())
            {
                GmmFitResult one = Fit(rows, structure, prior, new() { Threads = 1 });
                GmmFitResult many = Fit(rows, structure, prior, new() { Threads = 3, BatchSize = 77 });
                Assert.Equal(one.Model.Means.ToArray(), many.Model.Means.ToArray());
                Assert.Equal(one.Model.Covariances.ToArray(), many.Model.Covariances.ToArray());
                Assert.Equal(one.Model.Weights.ToArray(), many.Model.Weights.ToArray());
                Assert.Equal(
                    one.Model.Variational!.WeightConcentration.ToArray(), many.Model.Variational!.WeightConcentration.ToArray());
                Assert.Equal(one.LowerBound, many.LowerBound);

                GmmFitResult Fit(double[] values, CovarianceStructure covariances, WeightPrior weights, ExecutionOptions execution) =>
                    new GaussianMixtureTrainer(4, Options(weights, covariances, 6) with
                    {
                        Execution = execution with { Backend = TestBackends.Get(backend), Precision = precision },
                    }).Fit(values, covariances.Dimension);
            }
        }
    }

    [Fact]
    public void Fit_FullWithDirichlet_RaisesTheBoundInEveryIteration()
    {
        CovarianceStructure structure = Structures.Make("full", Dimension);
        double last = double.NegativeInfinity;
        for (int iterations = 1; iterations <= 40; iterations++)
        {
            GmmFitResult result = new GaussianMixtureTrainer(4, Options(WeightPrior.DirichletDistribution, structure, iterations))
                .Fit(Rows, Dimension);
            Assert.True(result.LowerBound >= last - (1e-10 * Math.Abs(last)), $"iteration {iterations}: {last} then {result.LowerBound}");
            Assert.Equal(StopReason.IterationLimit, result.StopReason);
            last = result.LowerBound!.Value;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Fit_WithATolerance_EndsWhenTheBoundHardlyChanges(WeightPrior prior, string name)
    {
        CovarianceStructure structure = Structures.Make(name, name == "equalBlocks" ? 4 : Dimension);
        Random random = new(12);
        double[] rows = RandomMixtures.Rows(random, RandomMixtures.Model(random, structure, 2), 400);
        GmmOptions options = Options(prior, structure, 500) with { Stopping = new() { Iterations = 500, Tolerance = 1e-6 } };
        GmmFitResult result = new GaussianMixtureTrainer(3, options).Fit(rows, structure.Dimension);
        Assert.Equal(StopReason.Converged, result.StopReason);
        Assert.Equal(StoppingTest.Change, result.Options.Stopping.Test);
        double before = Bound(result.History.Count - 1);
        Assert.Equal(result.LowerBound, Bound(result.History.Count));
        Assert.True(Math.Abs(result.LowerBound!.Value - before) < 1e-6 * 400);
        Assert.True(Math.Abs(before - Bound(result.History.Count - 2)) >= 1e-6 * 400);

        double Bound(int iterations) => new GaussianMixtureTrainer(3, Options(prior, structure, iterations))
            .Fit(rows, structure.Dimension).LowerBound!.Value;
    }

    [Fact]
    public void Fit_SuperfluousComponents_GetAlmostNoWeight()
    {
        double[] rows = [.. Rows.Where((_, i) => i % Dimension == 0)];
        GmmOptions options = Options(WeightPrior.DirichletDistribution, Structures.Make("diagonal", 1), 300, concentration: 1e-3);
        GmmFitResult result = new GaussianMixtureTrainer(6, options).Fit(rows, 1);
        Assert.Contains(result.Model.Weights.ToArray(), weight => weight < 1e-3);
        Assert.Empty(result.Diagnostics.Warnings);
    }

    [Fact]
    public void Step_WholeWeights_AreRepeatedRows()
    {
        CovarianceStructure structure = Structures.Make("full", Dimension);
        double[] weights = [.. Enumerable.Range(0, Rows.Length / Dimension).Select(t => (double)(t % 3))];
        double[] repeated = [.. weights.SelectMany((weight, t) =>
            Enumerable.Repeat(Rows[(t * Dimension)..((t + 1) * Dimension)], (int)weight).SelectMany(row => row))];
        GaussianMixture start = RandomMixtures.Model(new Random(4), structure, 3);
        EmStepResult weighted = Step(Rows, weights);
        EmStepResult plain = Step(repeated, null);
        Assert.True(Near.RelativeError(plain.Update.Model.Means.Span, weighted.Update.Model.Means.Span, 1) < 1e-11);
        Assert.True(Near.RelativeError(plain.Update.Model.Covariances.Span, weighted.Update.Model.Covariances.Span, 0.1) < 1e-11);
        Assert.Equal(plain.Objective, weighted.Objective, 1e-9 * Math.Abs(plain.Objective));

        EmStepResult Step(double[] rows, double[]? rowWeights)
        {
            ExecutionPlan plan = ExecutionPlan.From(new ExecutionOptions { Backend = Backends.Managed });
            IVectorSource source = VectorSource.From((ReadOnlyMemory<double>)rows, Dimension);
            source = rowWeights is null ? source : VectorSource.WithRowWeights(source, rowWeights);
            TrainingData data = TrainingData.Of(source, plan, default);
            VariationalPrior prior = new()
            {
                Weights = WeightPrior.DirichletProcess,
                Concentration = 0.5,
                MeanPrecision = 2,
                Mean = [1, 2, 3],
                DegreesOfFreedom = 5,
                Covariance = [2, 0, 0, 0, 2, 0, 0, 0, 2],
            };
            EmStep<double> step = new(data, structure, 3, new VariationalUpdate(structure, 3, prior, plan), plan);
            return step.Run(step.Run(start, 1, null, default).Update.Model, 2, null, default);
        }
    }

    [Fact]
    public void Fit_RowsFarFromTheOrigin_KeepTheirDigits()
    {
        // The same rows, shifted exactly: everything but the means is the same.
        double[] near = [.. Rows.Select(x => Math.Round(x * 1024) / 1024)];
        double[] far = [.. near.Select(x => x + (1L << 30))];
        GmmOptions options = Options(WeightPrior.DirichletDistribution, Structures.Make("full", Dimension), 10);
        options = options with { Start = new() { Method = InitializationMethod.KMeansPlusPlus } };
        GmmFitResult expected = new GaussianMixtureTrainer(3, options).Fit(near, Dimension);
        GmmFitResult actual = new GaussianMixtureTrainer(3, options).Fit(far, Dimension);
        Assert.True(Near.RelativeError(expected.Model.Covariances.Span, actual.Model.Covariances.Span, 0.01) < 1e-5);
        Assert.Equal(expected.LowerBound!.Value, actual.LowerBound!.Value, 1e-4 * Math.Abs(expected.LowerBound.Value));
    }

    [Fact]
    public void Fit_ConstantColumnWithoutAPriorCovariance_IsOneClearError()
    {
        double[] rows = [1, 5, 2, 5, 3, 5];
        foreach (string structure in (string[])["diagonal", "full"])
        {
            GmmOptions options = Options(WeightPrior.DirichletDistribution, Structures.Make(structure, 2), 5);
            VectorDataException error = Assert.Throws<VectorDataException>(() => new GaussianMixtureTrainer(1, options).Fit(rows, 2));
            Assert.Contains("prior covariance", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
        }

        double[] single = [1, 5];
        GmmOptions diagonal = Options(WeightPrior.DirichletDistribution, Structures.Make("diagonal", 2), 5);
        Assert.Throws<VectorDataException>(() => new GaussianMixtureTrainer(1, diagonal).Fit(single, 2));
        GmmOptions given = diagonal with { Prior = new() { Variational = new() { Covariance = new double[] { 1, 2 } } } };
        Assert.Equal(2, new GaussianMixtureTrainer(1, given).Fit(single, 2).Model.Variational!.MeanPrecision.Span[0], 1e-12);
    }

    [Theory]
    [InlineData(2, 0, "degrees of freedom")]
    [InlineData(0, 2, "mean")]
    [InlineData(0, 3, "mean")]
    public void Fit_PriorsThatDoNotFitTheRows_NameThePrior(double degrees, int means, string named)
    {
        GmmOptions options = Options(WeightPrior.DirichletDistribution, Structures.Make("full", Dimension), 5);
        double[] mean = means == 3 ? [1, double.NaN, 2] : new double[means];
        GmmVariationalOptions priors = new() { DegreesOfFreedom = degrees == 0 ? null : degrees, Mean = mean };
        GaussianMixtureTrainer trainer = new(2, options with { Prior = new() { Variational = priors } });
        Assert.Contains(named, Assert.Throws<ArgumentException>(() => trainer.Fit(Rows, Dimension)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new double[] { 1, 2, 3 }, "9 are needed")]
    [InlineData(new double[] { 1, 2, 0, 2, 1, 0, 0, 0, 1 }, "positive definite")]
    [InlineData(new double[] { 1, 0.5, 0, 0.25, 1, 0, 0, 0, 1 }, "symmetric")]
    [InlineData(new double[] { 1, 0, 0, 0, double.NaN, 0, 0, 0, 1 }, "finite")]
    public void Fit_WrongPriorCovariance_IsAnError(double[] covariance, string named)
    {
        GmmOptions options = Options(WeightPrior.DirichletDistribution, Structures.Make("full", Dimension), 5);
        options = options with { Prior = new() { Variational = new() { Covariance = covariance } } };
        GaussianMixtureTrainer trainer = new(2, options);
        Assert.Contains(named, Assert.Throws<ArgumentException>(() => trainer.Fit(Rows, Dimension)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_FromAVariationalModel_ContinuesItsTraining()
    {
        CovarianceStructure structure = Structures.Make("full", Dimension);
        GmmFitResult whole = Fit(7, null);
        GmmFitResult rest = Fit(4, Fit(3, null).Model);
        Assert.Equal(whole.Model.Means.ToArray(), rest.Model.Means.ToArray());
        Assert.Equal(whole.LowerBound, rest.LowerBound);

        GmmFitResult Fit(int iterations, GaussianMixture? start) =>
            new GaussianMixtureTrainer(3, Options(WeightPrior.DirichletProcess, structure, iterations)).Fit(Rows, Dimension, start);
    }

    private static GmmOptions Options(
        WeightPrior prior, CovarianceStructure structure, int iterations, double? concentration = null) => new()
        {
            Covariance = new() { Kind = structure.Kind, BlockSizes = structure.BlockSizes },
            Start = new() { Method = InitializationMethod.KMeansPlusPlus, Seed = 2 },
            Stopping = new() { Iterations = iterations, Tolerance = 0 },
            Prior = new() { Variational = new() { Weights = prior, Concentration = concentration } },
        };

    private static double[] MakeRows()
    {
        Random random = new(9);
        return RandomMixtures.Rows(random, RandomMixtures.Model(random, Structures.Make("full", Dimension), 3), 300);
    }
}
