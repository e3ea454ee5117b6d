using System.Numerics;
using GmmNative.Estimation.Steps;
using GmmNative.Execution;
using GmmNative.Expectation;
using GmmNative.Interop;
using GmmNative.Maximization;
using GmmNative.Passes;
using GmmNative.Tests.Support;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Estimation;

/// <summary>Steps of EM over rows with weights: on every backend, in both precisions and on each path.</summary>
public sealed class RowWeightTests
{
    private const int Components = 3;
    private const int Dimension = 3;
    private const int Count = 1100;

    public static TheoryData<BackendKind, Precision, NumericalPath, string> Cases
    {
        get
        {
            TheoryData<BackendKind, Precision, NumericalPath, string> data = [];
            foreach (BackendKind backend in TestBackends.Kinds)
            {
                foreach (Precision precision in Enum.GetValues<Precision>())
                {
                    foreach (NumericalPath path in Enum.GetValues<NumericalPath>())
                    {
                        data.Add(backend, precision, path, "diagonal");
                        data.Add(backend, precision, path, "full");
                    }
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Run_WeightsOfOne_GivesTheSameBits(BackendKind backend, Precision precision, NumericalPath path, string structure)
    {
        (GaussianMixture model, double[] rows) = Problem(structure);
        EmStepResult plain = Run(model, rows, [], backend, precision, path);
        EmStepResult weighted = Run(model, rows, [.. Enumerable.Repeat(1.0, Count)], backend, precision, path);
        Bits.AssertSame(plain.Update.Model, weighted.Update.Model, "weights of one");
        Assert.Equal(plain.LogLikelihood, weighted.LogLikelihood);
        Assert.Equal(plain.Magnitude, weighted.Magnitude);
        Assert.Equal(Count, plain.TotalWeight);
        Assert.Equal(Count, weighted.TotalWeight);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Run_IntegerWeights_GivesWhatRepeatedRowsGive(
        BackendKind backend, Precision precision, NumericalPath path, string structure)
    {
        (GaussianMixture model, double[] rows) = Problem(structure);
        int[] times = [.. Enumerable.Range(0, Count).Select(t => t % 4)];
        double[] repeated = [.. Enumerable.Range(0, Count).SelectMany(t =>
            Enumerable.Repeat(rows.AsSpan(t * Dimension, Dimension).ToArray(), times[t]).SelectMany(row => row))];
        EmStepResult expected = Run(model, repeated, [], backend, precision, path);
        EmStepResult actual = Run(model, rows, [.. times.Select(n => (double)n)], backend, precision, path);
        Assert.Equal(times.Count(n => n > 0), actual.Rows);
        Assert.Equal(times.Sum(), actual.TotalWeight);
        Assert.Equal(expected.Rows, actual.TotalWeight);

        // A few hundred roundings of values of about 10 per chunk; sums over chunks are double.
        double tolerance = 200 * Executions.Epsilon(precision);
        Assert.Equal(1, actual.LogLikelihood / expected.LogLikelihood, tolerance);
        Assert.Equal(1, actual.Magnitude / expected.Magnitude, tolerance);
        AssertNear(expected.Update.Model, actual.Update.Model, 20 * tolerance);
    }

    public static TheoryData<BackendKind, string, double> StructuresAndPriors
    {
        get
        {
            TheoryData<BackendKind, string, double> data = [];
            foreach (BackendKind backend in TestBackends.Kinds)
            {
                foreach (string structure in Structures.Names)
                {
                    data.Add(backend, structure, 0);
                    data.Add(backend, structure, 0.7);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(StructuresAndPriors))]
    public void Fit_IntegerWeights_GivesWhatRepeatedRowsGive(BackendKind backend, string structure, double alpha)
    {
        (GaussianMixture model, double[] rows) = Problem(structure);
        int[] times = [.. Enumerable.Range(0, Count).Select(t => t % 4)];
        double[] repeated = [.. Enumerable.Range(0, Count).SelectMany(t =>
            Enumerable.Repeat(rows.AsSpan(t * Dimension, Dimension).ToArray(), times[t]).SelectMany(row => row))];
        foreach (int iterations in (int[])[1, 5])
        {
            GaussianMixtureTrainer trainer = new(Components, new GmmOptions
            {
                Covariance = new() { Kind = model.Structure.Kind, BlockSizes = model.Structure.BlockSizes },
                Stopping = new() { Iterations = iterations, Tolerance = 0 },
                Prior = new() { Ubm = alpha > 0 ? model : null, Alpha = alpha },
                Execution = new ExecutionOptions { Backend = TestBackends.Get(backend) },
            });
            GmmFitResult expected = trainer.Fit(repeated, Dimension, model);
            GmmFitResult actual = trainer.Fit(rows, Dimension, model, rowWeights: Array.ConvertAll(times, n => (double)n));
            Assert.Equal(expected.RowCount, actual.TotalWeight);
            Assert.Equal(1, actual.AverageLogLikelihood / expected.AverageLogLikelihood, 1e-12);
            AssertNear(expected.Model, actual.Model, 1e-12 * model.Means.ToArray().Max(Math.Abs));
        }
    }

    [Theory]
    [InlineData("diagonal", NumericalPath.Products)]
    [InlineData("full", NumericalPath.Centered)]
    [InlineData("equalBlocks", NumericalPath.Auto)]
    public void Run_AnyWeights_GivesWhatTheDefinitionGives(string structure, NumericalPath path)
    {
        (GaussianMixture model, double[] rows) = Problem(structure);
        double[] weights = Fractions();
        EmStepResult result = Run(model, rows, weights, BackendKind.Managed, Precision.Double, path);
        NaiveExpectation expectation = new NaiveMixture(model).Expect(rows);
        DoubleDouble logLikelihood = DoubleDouble.Zero;
        for (int t = 0; t < Count; t++)
        {
            logLikelihood += weights[t] * expectation.LogDensities[t];
        }

        double total = weights.Sum();
        Assert.Equal(total, result.TotalWeight, 1e-10);
        Assert.Equal(logLikelihood.High, result.LogLikelihood, 1e-9);
        for (int k = 0; k < Components; k++)
        {
            double[] posteriors = [.. Enumerable.Range(0, Count).Select(t => weights[t] * expectation.PosteriorsOf(t)[k].High)];
            DoubleDouble[] mean = PlainStatistics.Mean(posteriors, rows);
            Assert.Equal(posteriors.Sum() / total, result.Update.Model.Weights.Span[k], 1e-12);
            for (int i = 0; i < Dimension; i++)
            {
                Assert.Equal(mean[i].High, result.Update.Model.Mean(k)[i], 1e-11);
                for (int j = 0; j < Dimension; j++)
                {
                    double second = model.Structure.IsKept(i, j) ? PlainStatistics.Second(posteriors, rows, mean, i, j).High : 0;
                    Assert.Equal(second, result.Update.Model.CovarianceAt(k, i, j), 1e-10);
                }
            }
        }
    }

    [Theory]
    [InlineData(NumericalPath.Products)]
    [InlineData(NumericalPath.Centered)]
    public void Run_WeightsTimesAPowerOfFour_GivesTheSameModelToTheBit(NumericalPath path)
    {
        // Roots of the weights are exact multiples too.
        (GaussianMixture model, double[] rows) = Problem("full");
        double[] weights = Fractions();
        EmStepResult once = Run(model, rows, weights, BackendKind.Managed, Precision.Double, path);
        EmStepResult more = Run(model, rows, [.. weights.Select(weight => 16 * weight)], BackendKind.Managed, Precision.Double, path);
        Bits.AssertSame(once.Update.Model, more.Update.Model, "sixteen times the weights");
        Assert.Equal(16 * once.LogLikelihood, more.LogLikelihood);
        Assert.Equal(16 * once.TotalWeight, more.TotalWeight);
    }

    [Fact]
    public void Run_RowsInOrder_GivesWhatRowsInMemoryGive()
    {
        (GaussianMixture model, double[] rows) = Problem("full");
        EmStepResult memory = Run(model, rows, Fractions(), BackendKind.Managed, Precision.Double, NumericalPath.Auto);
        ExecutionPlan plan = Plan(BackendKind.Managed, Precision.Double, NumericalPath.Auto);
        EmStepResult stream = Run<double>(model, new ScriptedSource(Dimension, _ => rows, 7), Fractions(), plan);
        Bits.AssertSame(memory.Update.Model, stream.Update.Model, "rows in order");
        Assert.Equal(memory.LogLikelihood, stream.LogLikelihood);
    }

    [Fact]
    public void Expect_ImpossibleRowOfNoWeight_CountsForNothing()
    {
        GaussianMixture model = new(Structures.Make("diagonal", 1), [1.0], [0.0], [1.0]);
        ExecutionPlan plan = Plan(BackendKind.Managed, Precision.Double, NumericalPath.Auto);
        PreparedMixture<double> prepared = new(model, new LiftedLayout(model.Structure), [0], plan);
        using ChunkExpectation<double> expectation = new(prepared, null, 48);
        expectation.Expect(new RowChunk([0.5, 1e200, 1], 3, 0, [2, 0, 0.5]), eachRow: false);
        double constant = -0.5 * Math.Log(2 * Math.PI);
        Assert.Equal((2 * (constant - 0.125)) + (0.5 * (constant - 0.5)), expectation.LogLikelihood, 1e-14);
        Assert.Equal(2.5, expectation.TotalWeight);
        Assert.Equal(2.5, expectation.Occupancies[0]);

        // The same rows without weights: the second one is impossible, and the weights before are forgotten.
        expectation.Expect(new RowChunk([0.5, 1e200], 2, 0), eachRow: true);
        Assert.Equal(double.NegativeInfinity, expectation.LogLikelihood);
        Assert.Equal(2, expectation.TotalWeight);
        Assert.Equal(2, expectation.Occupancies[0]);
        Assert.Equal(constant - 0.125, expectation.LogDensities[0], 1e-14);
    }

    private static double[] Fractions() => [.. Enumerable.Range(0, Count).Select(t => t % 5 / 3.0)];

    private static (GaussianMixture Model, double[] Rows) Problem(string name)
    {
        Random random = new(1);
        GaussianMixture model = RandomMixtures.Model(random, Structures.Make(name, Dimension), Components);
        return (model, RandomMixtures.Rows(random, model, Count));
    }

    private static ExecutionPlan Plan(BackendKind backend, Precision precision, NumericalPath path) => ExecutionPlan.From(
        new ExecutionOptions { Backend = TestBackends.Get(backend), Precision = precision, Path = path, Threads = 2 });

    private static EmStepResult Run(
        GaussianMixture model, double[] rows, double[] weights, BackendKind backend, Precision precision, NumericalPath path)
    {
        IVectorSource source = VectorSource.From((ReadOnlyMemory<double>)rows, Dimension);
        ExecutionPlan plan = Plan(backend, precision, path);
        return precision == Precision.Double ? Run<double>(model, source, weights, plan) : Run<float>(model, source, weights, plan);
    }

    private static EmStepResult Run<T>(GaussianMixture model, IVectorSource source, double[] weights, ExecutionPlan plan)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TrainingData data = TrainingData.Of(source.WithRowWeights(weights), plan, default);
        UpdateOptions options = new()
        {
            WeightFloor = 0,
            Threads = 1,
            Floors = new FloorOptions
            {
                Floors = [.. Enumerable.Repeat(1e-12, Dimension)],
                Resolutions = new double[Dimension],
                Target = VarianceFloorTarget.Eigenvalues,
                SingularCovariance = SingularCovarianceHandling.FloorEigenvalues,
            },
        };
        EmStep<T> step = new(data, model.Structure, Components, options, plan);
        return step.Run(model, 1, null, default);
    }

    private static void AssertNear(GaussianMixture expected, GaussianMixture actual, double tolerance)
    {
        for (int k = 0; k < Components; k++)
        {
            Assert.Equal(expected.Weights.Span[k], actual.Weights.Span[k], tolerance);
            for (int i = 0; i < Dimension; i++)
            {
                Assert.Equal(expected.Mean(k)[i], actual.Mean(k)[i], tolerance);
                for (int j = 0; j < Dimension; j++)
                {
                    Assert.Equal(expected.CovarianceAt(k, i, j), actual.CovarianceAt(k, i, j), tolerance);
                }
            }
        }
    }
}
