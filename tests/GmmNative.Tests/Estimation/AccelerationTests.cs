using GmmNative.Interop;
using GmmNative.Tests.Support;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Estimation;

/// <summary>EM with momentum.</summary>
public sealed class AccelerationTests
{
    public static TheoryData<string, BackendKind, Precision> Cases()
    {
        TheoryData<string, BackendKind, Precision> cases = [];
        foreach (string structure in Structures.All)
        {
            foreach (BackendKind kind in TestBackends.Kinds)
            {
                cases.Add(structure, kind, Precision.Double);
                cases.Add(structure, kind, Precision.Single);
            }
        }

        return cases;
    }

    public static TheoryData<string> AllStructures => [.. Structures.All];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fit_Momentum_AcceptedLikelihoodsNeverFall(string structure, BackendKind kind, Precision precision)
    {
        (double[] rows, GaussianMixture start) = Problem(structure);
        GmmFitResult result = Fit(rows, start, Acceleration.Momentum, options => options with
        {
            Execution = new() { Backend = TestBackends.Get(kind), Precision = precision },
            Stopping = new() { Iterations = 120, Tolerance = precision == Precision.Double ? 1e-9 : 1e-6 },
        });
        EmIteration[] accepted = [.. result.History.Where(iteration => !iteration.IsRejected)];
        double slack = 64 * Executions.Epsilon(precision) * 20 * result.RowCount;
        for (int i = 1; i < accepted.Length; i++)
        {
            Assert.True(accepted[i].TotalLogLikelihood >= accepted[i - 1].TotalLogLikelihood - slack);
        }

        Assert.NotEqual(StopReason.Fell, result.StopReason);
        Assert.Equal(Acceleration.Momentum, result.Diagnostics.Acceleration);
        Assert.True(result.Model.LogDensities(Matrix(rows)).Sum() >= result.TotalLogLikelihood - slack);
    }

    [Theory]
    [MemberData(nameof(AllStructures))]
    public void Fit_Momentum_ReachesThePlainOptimumInFewerPasses(string structure)
    {
        (double[] rows, GaussianMixture start) = Problem(structure);
        GmmFitResult plain = Fit(rows, start, Acceleration.None, WithTolerance);
        GmmFitResult momentum = Fit(rows, start, Acceleration.Momentum, WithTolerance);
        Assert.True(momentum.History.Count < plain.History.Count, $"{momentum.History.Count} of {plain.History.Count} passes");
        Assert.True(momentum.AverageLogLikelihood >= plain.AverageLogLikelihood - 1e-7);

        static GmmOptions WithTolerance(GmmOptions options) => options with { Stopping = new() { Iterations = 3000, Tolerance = 1e-11 } };
    }

    [Theory]
    [MemberData(nameof(AllStructures))]
    public void Fit_MomentumWithThreadsAndBatches_HasTheSameBits(string structure)
    {
        (double[] rows, GaussianMixture start) = Problem(structure);
        GmmFitResult one = Fit(rows, start, Acceleration.Momentum, options => options with { Execution = new() { Threads = 1 } });
        GmmFitResult two = Fit(
            rows, start, Acceleration.Momentum, options => options with { Execution = new() { Threads = 2, BatchSize = 77 } });
        Assert.Equal(one.Model.Weights.ToArray(), two.Model.Weights.ToArray());
        Assert.Equal(one.Model.Means.ToArray(), two.Model.Means.ToArray());
        Assert.Equal(one.Model.Covariances.ToArray(), two.Model.Covariances.ToArray());
    }

    [Theory]
    [InlineData("faithful", 8)]
    [InlineData("slow1d", 1881)]
    [InlineData("blobs10", 54)]
    [Trait("Category", "Reference")]
    public void Fit_ReferenceCase_ReachesTheOptimumOfPlainEm(string name, int maximumPasses)
    {
        // 0.35 of the passes of plain EM within 1e-8 nats per row; four more than plain EM where that needs fewer than 30.
        int limit = name == "faithful" ? 16 : maximumPasses;
        NumpyArchive archive = NumpyArchive.Load(TestData.Path("acceleration", name + ".npz"));
        IVectorSource rows = VectorFile.Open(name == "faithful"
            ? TestData.Path("..", "..", "samples", "data", "faithful.csv") : TestData.Path("acceleration", name + ".npy"));
        CovarianceStructure structure = new(CovarianceKind.Full, rows.Dimension);
        GaussianMixture start = Model("init_");
        GaussianMixture best = Model(string.Empty);
        GmmOptions options = new()
        {
            Acceleration = Acceleration.Momentum,
            Covariance = new() { Kind = CovarianceKind.Full, VarianceFloor = 0 },
            Update = new() { WeightFloor = 0 },
            Stopping = new() { Iterations = limit, Tolerance = 0 },
        };
        GmmFitResult result = new GaussianMixtureTrainer(start.ComponentCount, options).Fit(rows, start);
        double reached = result.Model.LogDensities(rows).Average();
        Assert.True(reached >= best.LogDensities(rows).Average() - 1e-8, $"{reached - best.LogDensities(rows).Average()}");

        GaussianMixture Model(string prefix) => new(
            structure, archive[prefix + "weights"], archive[prefix + "means"], archive[prefix + "covariances"]);
    }

    [Theory]
    [InlineData(MixtureParameters.Weights)]
    [InlineData(MixtureParameters.Means)]
    [InlineData(MixtureParameters.Covariances)]
    public void Fit_MomentumWithFrozenParameters_KeepsTheirBits(MixtureParameters frozen)
    {
        (double[] rows, GaussianMixture start) = Problem("full");
        GaussianMixture model = Fit(rows, start, Acceleration.Momentum, o => o with { Update = new() { Frozen = frozen } }).Model;
        Assert.Equal(frozen == MixtureParameters.Weights, start.Weights.Span.SequenceEqual(model.Weights.Span));
        Assert.Equal(frozen == MixtureParameters.Means, start.Means.Span.SequenceEqual(model.Means.Span));
        Assert.Equal(frozen == MixtureParameters.Covariances, start.Covariances.Span.SequenceEqual(model.Covariances.Span));
    }

    [Fact]
    public void Fit_MomentumWithRowWeights_EqualsRepeatedRows()
    {
        (double[] rows, GaussianMixture start) = Problem("full");
        double[] weights = [.. Enumerable.Range(0, rows.Length / 3).Select(t => 1.0 + (t % 3))];
        double[] repeated = [.. Enumerable.Range(0, weights.Length)
            .SelectMany(t => Enumerable.Repeat(t, (int)weights[t])).SelectMany(t => rows.Skip(3 * t).Take(3))];
        GmmOptions options = Options("full", Acceleration.Momentum) with { Stopping = new() { Iterations = 20, Tolerance = 0 } };
        GmmFitResult weighted = new GaussianMixtureTrainer(3, options).Fit(VectorSource.From(rows, 3).WithRowWeights(weights), start);
        GmmFitResult expanded = new GaussianMixtureTrainer(3, options).Fit(repeated, 3, start);
        Assert.Equal(expanded.AverageLogLikelihood, weighted.AverageLogLikelihood, 1e-9);
    }

    [Fact]
    public void Fit_MomentumWithMissingValues_AcceptedLikelihoodsNeverFall()
    {
        (double[] rows, GaussianMixture start) = Problem("full");
        for (int i = 0; i < rows.Length; i += 7)
        {
            rows[i] = double.NaN;
        }

        GmmFitResult result = Fit(
            rows, start, Acceleration.Momentum, options => options with { MissingValues = MissingValues.Marginalize });
        double[] accepted = [.. result.History.Where(i => !i.IsRejected).Select(i => i.TotalLogLikelihood)];
        Assert.True(accepted.Length > 3);
        Assert.All(accepted.Zip(accepted.Skip(1)), pair => Assert.True(pair.Second >= pair.First - 1e-9));
    }

    [Fact]
    public void Fit_CanceledAfterAPass_ReturnsTheModelOfThatPass()
    {
        (double[] rows, GaussianMixture start) = Problem("full");
        using CancellationTokenSource source = new();
        ProgressOf progress = new(iteration =>
        {
            if (iteration.IsComplete && iteration.Iteration == 9)
            {
                source.Cancel();
            }
        });
        GmmFitResult result = new GaussianMixtureTrainer(3, Options("full", Acceleration.Momentum))
            .Fit(rows, 3, start, progress: progress, cancellationToken: source.Token);
        Assert.Equal(StopReason.Cancelled, result.StopReason);
        Assert.Equal(progress.Last!.Model!.Means.ToArray(), result.Model.Means.ToArray());
        double best = result.History.Max(iteration => iteration.TotalLogLikelihood);
        Assert.True(result.Model.LogDensities(Matrix(rows)).Sum() >= best - 1e-9);
    }

    [Fact]
    public void Constructor_MomentumWhereStepsCanFall_Throws()
    {
        Throws("regularization", options => options with { Covariance = new() { Regularization = 1e-3 } });
        Throws("shrinkage", options => options with { Covariance = new() { Shrinkage = 0.1 } });
        Throws("a maximum condition", options => options with { Covariance = new() { MaximumCondition = 100 } });
        Throws("a variance floor on the diagonal", options => options with
        {
            Covariance = new() { Kind = CovarianceKind.Full, VarianceFloorOn = VarianceFloorTarget.Diagonal },
        });
        Throws("variational training", options => options with { Prior = new() { Variational = new() } });

        static void Throws(string what, Func<GmmOptions, GmmOptions> change)
        {
            GmmOptions options = change(new GmmOptions { Acceleration = Acceleration.Momentum });
            Assert.Contains(what, Assert.Throws<ArgumentException>(() => new GaussianMixtureTrainer(2, options)).Message);
            GmmFitResult automatic = new GaussianMixtureTrainer(2, options with { Acceleration = Acceleration.Auto })
                .Fit(new double[,] { { 1, 2.1 }, { 0.9, 1.8 }, { 8.1, 9 }, { 8.4, 8.8 }, { 8, 9.3 } });
            Assert.Equal(Acceleration.None, automatic.Diagnostics.Acceleration);
            Assert.Contains(what, automatic.Diagnostics.AccelerationReason);
        }
    }

    [Fact]
    public void Fit_Auto_IsPlainWithAToleranceOf0AndWithPresets()
    {
        (double[] rows, GaussianMixture start) = Problem("diagonal");
        Assert.Equal(Acceleration.Momentum, Used(options => options));
        Assert.Equal(Acceleration.None, Used(options => options with { Stopping = new() { Iterations = 3, Tolerance = 0 } }));
        Assert.Equal(Acceleration.None, Used(options => options with { Stopping = GmmOptions.Sptk.Stopping }));
        Assert.Equal(Acceleration.None, Used(options => options with { Prior = new() { Ubm = start } }));

        Acceleration Used(Func<GmmOptions, GmmOptions> change) => Fit(rows, start, Acceleration.Auto, change).Diagnostics.Acceleration;
    }

    private static (double[] Rows, GaussianMixture Start) Problem(string structure)
    {
        Random random = new(11);
        CovarianceStructure made = Structures.Make(structure, 3);
        double[] rows = RandomMixtures.Rows(random, RandomMixtures.Model(random, made, 3), 500);
        return (rows, RandomMixtures.Model(random, made, 3));
    }

    private static GmmOptions Options(string structure, Acceleration acceleration)
    {
        CovarianceStructure made = Structures.Make(structure, 3);
        return new()
        {
            Acceleration = acceleration,
            Covariance = new() { Kind = made.Kind, BlockSizes = made.BlockSizes },
            Stopping = new() { Iterations = 60, Tolerance = 1e-9 },
        };
    }

    private static GmmFitResult Fit(
        double[] rows, GaussianMixture start, Acceleration acceleration, Func<GmmOptions, GmmOptions> change)
    {
        GmmOptions options = Options("full", acceleration) with
        {
            Covariance = new() { Kind = start.Structure.Kind, BlockSizes = start.Structure.BlockSizes },
        };
        return new GaussianMixtureTrainer(start.ComponentCount, change(options)).Fit(rows, 3, start);
    }

    private static double[,] Matrix(double[] rows)
    {
        double[,] matrix = new double[rows.Length / 3, 3];
        Buffer.BlockCopy(rows, 0, matrix, 0, rows.Length * sizeof(double));
        return matrix;
    }

    private sealed class ProgressOf(Action<EmIteration> action) : IProgress<EmIteration>
    {
        public EmIteration? Last { get; private set; }

        public void Report(EmIteration value)
        {
            Last = value.IsComplete ? value : Last;
            action(value);
        }
    }
}
