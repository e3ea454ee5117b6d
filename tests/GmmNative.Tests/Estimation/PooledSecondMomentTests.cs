using System.Numerics;
using GmmNative.Estimation.Steps;
using GmmNative.Execution;
using GmmNative.Interop;
using GmmNative.Maximization;
using GmmNative.Passes;
using GmmNative.Tests.Support;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Estimation;

/// <summary>
/// Steps of components that share a covariance: with the second moments of all rows, and where these have lost their digits.
/// </summary>
public sealed class PooledSecondMomentTests
{
    private const int Dimension = 3;
    private const int Components = 3;
    private const int Count = 600;

    public static TheoryData<BackendKind, string> Tied
    {
        get
        {
            TheoryData<BackendKind, string> data = [];
            foreach (BackendKind backend in TestBackends.Kinds)
            {
                foreach (string structure in (string[])["tied", "tiedDiagonal", "tiedSpherical"])
                {
                    data.Add(backend, structure);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Tied))]
    public void Run_SecondStep_ReadsTheRowsOnlyForTheEStep(BackendKind backend, string structure)
    {
        (GaussianMixture model, double[] rows) = Problem(structure, distance: 3, offset: 1e6);
        int passes = 0;
        ScriptedSource source = new(Dimension, _ =>
        {
            passes++;
            return rows;
        });
        EmStep<double> step = Step<double>(backend, model, source, NumericalPath.Auto);
        int before = passes;
        EmStepResult first = step.Run(model, 1, null, default);
        Assert.Equal(before + 2, passes);
        step.Run(first.Update.Model, 2, null, default);
        Assert.Equal(before + 3, passes);
        Assert.Equal(0, first.CenteredShare);
        AssertStep(model, rows, first, 1e-9);
    }

    /// <summary>
    /// The variance within the clusters is 1e-4, 1e-8 and 1e-12 of the total, under a model with the total variance and under one with the
    /// variance within.
    /// </summary>
    [Theory]
    [MemberData(nameof(Tied))]
    public void Run_TightClustersFarApart_SumsTheMomentsOfEachComponent(BackendKind backend, string structure)
    {
        foreach (double distance in (double[])[100, 1e4, 1e6])
        {
            (GaussianMixture tight, double[] rows) = Problem(structure, distance, offset: 1e3);
            GaussianMixture wide = new(
                tight.Structure, tight.Weights.Span, tight.Means.Span,
                [.. tight.Covariances.ToArray().Select(value => value * distance * distance)]);
            foreach (GaussianMixture model in (GaussianMixture[])[tight, wide])
            {
                EmStep<double> step = Step<double>(backend, model, Source(rows), NumericalPath.Auto);
                AssertStep(model, rows, step.Run(model, 1, null, default), 1e-9);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Tied))]
    public void Run_SinglePrecision_KeepsItsDigits(BackendKind backend, string structure)
    {
        foreach (double distance in (double[])[3, 50, 1e4])
        {
            (GaussianMixture model, double[] rows) = Problem(structure, distance, offset: 1e5);
            EmStep<float> step = Step<float>(backend, model, Source(rows), NumericalPath.Auto);
            EmStepResult result = step.Run(model, 1, null, default);

            // The limit for variances in single precision is a relative error of 1e-3.
            AssertStep(model, rows, result, 1e-3);
        }
    }

    [Theory]
    [MemberData(nameof(Tied))]
    public void Fit_ManyIterations_NeverFalls(BackendKind backend, string structure)
    {
        foreach ((double distance, double offset) in ((double, double)[])[(3, 0), (50, 1e6), (1e4, 1e7)])
        {
            (GaussianMixture model, double[] rows) = Problem(structure, distance, offset);
            foreach (Precision precision in Enum.GetValues<Precision>())
            {
                GmmFitResult result = new GaussianMixtureTrainer(Components, new GmmOptions
                {
                    Covariance = new() { Kind = model.Structure.Kind },
                    Stopping = new() { Iterations = 200, Tolerance = 0 },
                    Execution = new ExecutionOptions { Backend = TestBackends.Get(backend), Precision = precision },
                }).Fit(rows, Dimension, model);
                Assert.NotEqual(StopReason.Fell, result.StopReason);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Tied))]
    public void Fit_AnyThreadsAndBatches_HasTheSameBits(BackendKind backend, string structure)
    {
        Random random = new(8);
        GaussianMixture model = RandomMixtures.Model(random, Structures.Make(structure, Dimension), Components);
        double[] rows = RandomMixtures.Rows(random, model, 20_000);
        double[] weights = [.. Enumerable.Range(0, 20_000).Select(t => t % 5 / 3.0)];
        GmmFitResult one = Fit(new() { Threads = 1 });
        GmmFitResult many = Fit(new() { Threads = 3, BatchSize = 777 });
        Bits.AssertSame(one.Model, many.Model, "three threads");
        Assert.Equal(one.TotalLogLikelihood, many.TotalLogLikelihood);

        GmmFitResult Fit(ExecutionOptions execution) => new GaussianMixtureTrainer(Components, new GmmOptions
        {
            Covariance = new() { Kind = model.Structure.Kind },
            Stopping = new() { Iterations = 4, Tolerance = 0 },
            Execution = execution with { Backend = TestBackends.Get(backend) },
        }).Fit(rows, Dimension, model, rowWeights: weights);
    }

    [Theory]
    [MemberData(nameof(Tied))]
    public void Scores_RowsFarOut_AreThoseOfTheDefinition(BackendKind backend, string structure)
    {
        (GaussianMixture model, double[] rows) = Problem(structure, distance: 3, offset: 0);
        rows.AsSpan(0, Dimension).Fill(1e7);
        NaiveExpectation expected = new NaiveMixture(model).Expect(rows);
        ExecutionOptions execution = new() { Backend = TestBackends.Get(backend) };
        double[] densities = model.LogDensities(Source(rows), execution);
        double[,] posteriors = model.Posteriors(Source(rows), execution);
        MixtureScorer scorer = model.CreateScorer(execution);
        for (int t = 0; t < Count; t++)
        {
            double exact = expected.LogDensities[t].High;
            Assert.Equal(1, densities[t] / exact, 1e-11);
            Assert.Equal(1, scorer.LogDensity(rows.AsSpan(t * Dimension, Dimension)) / exact, 1e-11);
            for (int k = 0; k < Components; k++)
            {
                Assert.Equal(expected.PosteriorsOf(t)[k].High, posteriors[t, k], t == 0 ? 1e-3 : 1e-11);
            }
        }
    }

    /// <summary>Three clusters of variance one, and a model with means near theirs.</summary>
    private static (GaussianMixture Model, double[] Rows) Problem(string name, double distance, double offset)
    {
        Random random = new(6);
        GaussianMixture near = RandomMixtures.Model(random, Structures.Make(name, Dimension), Components);
        double[] means = [.. near.Means.ToArray().Select((mean, i) => offset + (distance * (mean + (i / Dimension))))];
        GaussianMixture centers = new(near.Structure, near.Weights.Span, means, near.Covariances.Span);
        double[] rows = RandomMixtures.Rows(random, centers, Count);
        return (new(near.Structure, near.Weights.Span, [.. means.Select(mean => mean + 0.3)], near.Covariances.Span), rows);
    }

    /// <summary>Compares a step with the definition: means relative to deviations, covariances relative to variances.</summary>
    private static void AssertStep(GaussianMixture model, double[] rows, EmStepResult result, double tolerance)
    {
        NaiveMixture naive = new(model);
        NaiveExpectation expectation = naive.Expect(rows);
        NaiveUpdate update = naive.Update(rows, expectation, 0, 0);
        Assert.Equal(1, result.LogLikelihood / expectation.LogLikelihood.High, tolerance);
        GaussianMixture actual = result.Update.Model;
        for (int k = 0; k < Components; k++)
        {
            Assert.Equal(update.Weights[k].High, actual.Weights.Span[k], tolerance);
            for (int i = 0; i < Dimension; i++)
            {
                double deviation = Math.Sqrt(update.Covariances[k][i, i].High);
                Assert.Equal(0, (actual.Mean(k)[i] - update.Means[k][i].High) / deviation, tolerance);
                for (int j = 0; j < Dimension; j++)
                {
                    double scale = deviation * Math.Sqrt(update.Covariances[k][j, j].High);
                    Assert.Equal(0, (actual.CovarianceAt(k, i, j) - update.Covariances[k][i, j].High) / scale, tolerance);
                }
            }
        }
    }

    private static IVectorSource Source(double[] rows) => VectorSource.From((ReadOnlyMemory<double>)rows, Dimension);

    private static EmStep<T> Step<T>(BackendKind backend, GaussianMixture model, IVectorSource source, NumericalPath path)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ExecutionPlan plan = ExecutionPlan.From(new ExecutionOptions { Backend = TestBackends.Get(backend), Path = path, Threads = 1 });
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
        return new EmStep<T>(TrainingData.Of(source, plan, default), model.Structure, Components, options, plan);
    }
}
