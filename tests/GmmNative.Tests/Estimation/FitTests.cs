using GmmNative.Tests.Support;
using Xunit;

namespace GmmNative.Tests.Estimation;

/// <summary>What a fit starts from, reports, returns, and why it stops.</summary>
public sealed class FitTests
{
    private const int Dimension = 2;
    private static readonly double[] Rows = RandomMixtures.Rows(
        new Random(1), RandomMixtures.Model(new Random(2), Structures.Make("full", Dimension), 3), 700);

    private static readonly GaussianMixture Start = RandomMixtures.Model(new Random(3), Structures.Make("diagonal", Dimension), 3);

    private static IVectorSource Source => VectorSource.From((ReadOnlyMemory<double>)Rows, Dimension);

    [Fact]
    public void Fit_WithoutParameters_IsWarmupThenFit()
    {
        GaussianMixtureModeling twoSteps = new(1, 3, new GmmOptions { Start = new() { Seed = 5 }, Stopping = new() { Iterations = 3 } });
        Assert.Null(twoSteps.Parameters);
        GaussianMixture warm = twoSteps.Warmup(Source);
        Assert.Same(warm, twoSteps.Parameters);
        GaussianMixtureModeling oneStep = new(1, 3, new GmmOptions { Start = new() { Seed = 5 }, Stopping = new() { Iterations = 3 } });
        Bits.AssertSame(twoSteps.Fit(Source).Model, oneStep.Fit(Source).Model, "model");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    public void Fit_WithBackgroundModel_StartsFromIt(double alpha)
    {
        GaussianMixtureModeling estimator = new(1, 3, new GmmOptions
        {
            Stopping = new() { Iterations = 1 },
            Prior = new() { Ubm = Start, Alpha = alpha },
        });
        Assert.Same(Start, estimator.Parameters);
        GmmFitResult result = estimator.Fit(Source);
        Assert.Equal(Start.LogDensities(Source).Sum(), result.TotalLogLikelihood, 1e-8);
    }

    [Fact]
    public void Fit_Again_GoesOnFromTheFittedModel()
    {
        GaussianMixtureModeling once = Estimator(new GmmOptions { Stopping = new() { Iterations = 4, Tolerance = 0 } });
        GaussianMixture four = once.Fit(Source).Model;
        GaussianMixtureModeling twice = Estimator(new GmmOptions { Stopping = new() { Iterations = 2, Tolerance = 0 } });
        twice.Fit(Source);
        Bits.AssertSame(four, twice.Fit(Source).Model, "model");
    }

    [Fact]
    public void Fit_ReturnPosterior_IsThatOfTheFinalModel()
    {
        GaussianMixtureModeling estimator = Estimator(new GmmOptions { Stopping = new() { Iterations = 2 } });
        GmmFitResult result = estimator.Fit(Source, returnPosterior: true);
        Bits.AssertSame(result.Model.Posteriors(Source), result.Posterior!, "posteriors");
        Assert.Null(Estimator(new GmmOptions { Stopping = new() { Iterations = 2 } }).Fit(Source).Posterior);
        Assert.Same(result.Model, estimator.Parameters);
    }

    [Fact]
    public void Fit_OfMatricesOfEitherType_IsThatOfTheSource()
    {
        float[,] single = new float[700, Dimension];
        double[,] wide = new double[700, Dimension];
        for (int i = 0; i < Rows.Length; i++)
        {
            single[i / 2, i % 2] = (float)Rows[i];
            wide[i / 2, i % 2] = (float)Rows[i];
        }

        GmmOptions options = new() { Stopping = new() { Iterations = 3 } };
        Bits.AssertSame(Estimator(options).Fit(wide).Model, Estimator(options).Fit(single).Model, "model");
    }

    [Fact]
    public void Fit_History_HoldsEachIterationsLogLikelihoodBeforeItsUpdate()
    {
        GmmFitResult result = Estimator(new GmmOptions { Stopping = new() { Iterations = 5, Tolerance = 0 } }).Fit(Source);
        Assert.Equal([1, 2, 3, 4, 5], result.History.Select(i => i.Iteration));
        GaussianMixture model = Start;
        foreach (EmIteration iteration in result.History)
        {
            Assert.Equal(TrainingPhase.Em, iteration.Phase);
            Assert.Equal(5, iteration.IterationLimit);
            Assert.Equal(3, iteration.Components);
            Assert.Equal(700, iteration.Rows);
            Assert.True(iteration.IsComplete);
            Assert.Equal(model.LogDensities(Source).Sum(), iteration.TotalLogLikelihood, 1e-8);
            Assert.Equal(iteration.TotalLogLikelihood / 700, iteration.AverageLogLikelihood);
            GaussianMixtureModeling step = new(1, 3, new GmmOptions { Stopping = new() { Iterations = 1 } });
            step.SetParameters(model);
            model = step.Fit(Source).Model;
        }

        Assert.Equal(result.History[^1].TotalLogLikelihood, result.TotalLogLikelihood);
        Assert.Equal(700, result.RowCount);
        Assert.Equal(StopReason.IterationLimit, result.StopReason);
    }

    [Theory]
    [InlineData(ToleranceTarget.Total)]
    [InlineData(ToleranceTarget.Average)]
    public void Fit_Tolerance_StopsAfterTheFirstIterationThatRisesByLess(ToleranceTarget target)
    {
        GmmFitResult all = Estimator(new GmmOptions { Stopping = new() { Iterations = 40, Tolerance = 0 } }).Fit(Source);
        double Rise(int i) =>
            (all.History[i].TotalLogLikelihood - all.History[i - 1].TotalLogLikelihood) / (target == ToleranceTarget.Average ? 700 : 1);

        // Just above and just below the rise of one iteration.
        int chosen = Enumerable.Range(1, 30).First(i => Rise(i) < Rise(1) / 20);
        GmmFitResult above = Estimator(new GmmOptions
        {
            Stopping = new() { Iterations = 40, Tolerance = Rise(chosen) * 1.0000001, ToleranceOn = target },
        }).Fit(
            Source);
        GmmFitResult below = Estimator(new GmmOptions
        {
            Stopping = new() { Iterations = 40, Tolerance = Rise(chosen) * 0.9999999, ToleranceOn = target },
        }).Fit(
            Source);
        Assert.Equal(StopReason.Converged, above.StopReason);
        Assert.Equal(chosen + 1, above.History.Count);
        Assert.True(below.History.Count > chosen + 1);

        // The update of the last iteration was made.
        Bits.AssertSame(Estimator(new GmmOptions
        {
            Stopping = new() { Iterations = chosen + 1, Tolerance = 0 },
        }).Fit(Source).Model, above.Model, "model");
    }

    [Fact]
    public void Fit_FirstIteration_NeverStops()
    {
        GmmFitResult result = Estimator(new GmmOptions { Stopping = new() { Iterations = 10, Tolerance = double.MaxValue } }).Fit(Source);
        Assert.Equal(2, result.History.Count);
        Assert.Equal(StopReason.Converged, result.StopReason);
    }

    [Fact]
    public void Fit_ToleranceZeroAtTheFixedPoint_RunsAllIterations()
    {
        // One component is at its fixed point after one update: the rest is noise of the last digits.
        GaussianMixtureModeling estimator = new(1, 1, new GmmOptions { Stopping = new() { Iterations = 30, Tolerance = 0 } });
        Assert.Equal(30, estimator.Fit(Source).History.Count);
    }

    [Fact]
    public void Fit_LogLikelihoodFalls_StopsAsConverged()
    {
        // A weight floor that the optimum violates makes EM fall.
        GaussianMixture start = new(
            new CovarianceStructure(CovarianceKind.Diagonal, 1), (double[])[0.999, 0.001], (double[])[0, 50], (double[])[1, 1]);
        GaussianMixtureModeling estimator = new(0, 2, new GmmOptions
        {
            Stopping = new() { Iterations = 50, Tolerance = 0 },
            Update = new() { WeightFloor = 0.5 },
        });
        estimator.SetParameters(start);
        double[] rows = RandomMixtures.Normals(new Random(4), 100);
        GmmFitResult result = estimator.Fit(VectorSource.From((ReadOnlyMemory<double>)rows, 1));
        Assert.Equal(StopReason.Converged, result.StopReason);
        Assert.Equal(2, result.History.Count);
        Assert.True(result.History[1].TotalLogLikelihood < result.History[0].TotalLogLikelihood);
    }

    [Fact]
    public void Fit_Progress_TellsInitializationThenEachIterationInOrder()
    {
        ProgressList progress = new();
        GmmFitResult result = new GaussianMixtureModeling(1, 4, new GmmOptions { Stopping = new() { Iterations = 3, Tolerance = 0 } }).Fit(
            Source, progress: progress);
        Assert.All(progress.Items, item => Assert.True(item.IsComplete));
        int em = progress.Items.FindIndex(item => item.Phase == TrainingPhase.Em);
        Assert.All(progress.Items.Take(em), item => Assert.Equal(TrainingPhase.Initialization, item.Phase));
        Assert.Equal(result.History, progress.Items.Skip(em).Select(item => item with { Model = null }));

        // Reports bring the model of their iteration; the history keeps none.
        Assert.All(progress.Items.Skip(em), item => Assert.NotNull(item.Model));
        Assert.Same(result.Model, progress.Items[^1].Model);
        List<EmIteration> splitting = progress.Items[..em];
        Assert.Equal([1, 2, 4], splitting.Select(item => item.Components).Distinct());
        Assert.All(splitting, item => Assert.True(double.IsNaN(item.TotalLogLikelihood) && item.AverageDistance > 0 && item.Rows == 700));
        foreach (IGrouping<int, EmIteration> level in splitting.GroupBy(item => item.Components))
        {
            Assert.Equal(Enumerable.Range(1, level.Count()), level.Select(item => item.Iteration));
        }
    }

    [Fact]
    public void Fit_NamedColumns_AreKeptByTheModelOfEachIteration()
    {
        ProgressList progress = new();
        IVectorSource named = new NamedSource(Source, ["a", "b"]);
        GmmFitResult result = new GaussianMixtureTrainer(2, new GmmOptions { Stopping = new() { Iterations = 3, Tolerance = 0 } }).Fit(
            named, progress: progress);
        Assert.Equal(["a", "b"], result.Model.Columns);
        Assert.All(progress.Items.Where(item => item.Phase == TrainingPhase.Em), item => Assert.Equal(["a", "b"], item.Model!.Columns));
    }

    [Fact]
    public void Fit_ProgressVerbosity_TellsWithinIterationsToo()
    {
        // A slow source: news come at most ten times a second.
        double[] rows = RandomMixtures.Normals(new Random(5), 2 * 20000);
        int reads = 0;
        BatchVectorSource slow = new(Dimension, () => Enumerable.Range(0, 4).Select(i =>
        {
            if (++reads > 4)
            {
                Thread.Sleep(60);
            }

            return new CommunityToolkit.HighPerformance.ReadOnlyMemory2D<double>(rows, i * 10000, 5000, Dimension, 0);
        }));
        ProgressList progress = new();
        GaussianMixtureModeling estimator = new(
            1, 3, new GmmOptions { Stopping = new() { Iterations = 2 }, Verbose = Verbosity.Progress, Log = TextWriter.Null });
        estimator.SetParameters(Start);
        estimator.Fit(slow, progress: progress);
        Assert.Contains(progress.Items, item => !item.IsComplete);
        long last = 0;
        foreach (EmIteration item in progress.Items)
        {
            Assert.InRange(item.Rows, last, 20000);
            Assert.True(item.IsComplete ? item.Rows == 20000 : double.IsNaN(item.TotalLogLikelihood));
            last = item.IsComplete ? 0 : item.Rows;
        }
    }

    [Theory]
    [InlineData(Verbosity.Silent, 0)]
    [InlineData(Verbosity.Iterations, 3)]
    [InlineData(Verbosity.Progress, 3)]
    public void Fit_Log_HasOneLineAnIteration(Verbosity verbosity, int lines)
    {
        using StringWriter log = new();
        GmmFitResult result = Estimator(new GmmOptions
        {
            Stopping = new() { Iterations = 3, Tolerance = 0 },
            Verbose = verbosity,
            Log = log,
        }).Fit(Source);
        string[] written = log.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(lines, written.Length);
        for (int i = 0; i < lines; i++)
        {
            Assert.StartsWith($"iteration {i + 1}: average log-likelihood {result.History[i].AverageLogLikelihood:G9}", written[i],
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Fit_Diagnostics_TellWhatComputed()
    {
        GmmDiagnostics diagnostics = Estimator(new GmmOptions
        {
            Stopping = new() { Iterations = 1 },
            Execution = new ExecutionOptions { Threads = 2 },
        }).Fit(
            Source).Diagnostics;
        Assert.Equal("products", diagnostics.Path);
        Assert.Equal("costs less for this dimension and number of components, and its rounding is negligible", diagnostics.PathReason);
        Assert.Equal(0, diagnostics.CenteredShare);
        Assert.Equal(2, diagnostics.Threads);
        Assert.NotEmpty(diagnostics.Backend);
        Assert.NotEmpty(diagnostics.BackendReason);
        Assert.Empty(diagnostics.Warnings);
        ExecutionOptions centered = new() { Path = NumericalPath.Centered };
        diagnostics = Estimator(new GmmOptions { Stopping = new() { Iterations = 1 }, Execution = centered }).Fit(Source).Diagnostics;
        Assert.Equal("centred", diagnostics.Path);
        Assert.Equal(1, diagnostics.CenteredShare);
    }

    private static GaussianMixtureModeling Estimator(GmmOptions options)
    {
        GaussianMixtureModeling estimator = new(1, 3, options);
        estimator.SetParameters(Start);
        return estimator;
    }

    private sealed class NamedSource(IVectorSource rows, IReadOnlyList<string> names) : IVectorSource
    {
        public int Dimension => rows.Dimension;

        public long? RowCount => rows.RowCount;

        public IReadOnlyList<string>? ColumnNames => names;

        public IVectorReader OpenReader() => rows.OpenReader();
    }
}
