using GmmNative.Interop;
using GmmNative.Tests.Support;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Passes;

/// <summary>Threads, batches, the kind of source and time change no bit of any result.</summary>
public sealed class RepeatabilityTests
{
    public static TheoryData<BackendKind, Precision, InitializationMethod, string> Cases
    {
        get
        {
            TheoryData<BackendKind, Precision, InitializationMethod, string> data = [];
            foreach (BackendKind backend in TestBackends.Kinds)
            {
                foreach (Precision precision in Enum.GetValues<Precision>())
                {
                    foreach (InitializationMethod method in Enum.GetValues<InitializationMethod>())
                    {
                        data.Add(backend, precision, method, method == InitializationMethod.KMeansPlusPlus ? "diagonal" : "full");
                    }
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    [Trait("Lane", "Slow")]
    public void Fit_AnyThreadsBatchesAndSource_IsTheSameToTheBit(
        BackendKind backend, Precision precision, InitializationMethod method, string structure)
    {
        // Rows of several groups, the last of them broken, with some far ones: chunks of both forms.
        const int Dimension = 3;
        double[] rows = Rows(4501, Dimension);
        ExecutionOptions execution = new() { Backend = TestBackends.Get(backend), Precision = precision, Threads = 1 };
        IVectorSource direct = VectorSource.From((ReadOnlyMemory<double>)rows, Dimension);
        Outcome expected = Train(direct, structure, method, execution);
        if (method == InitializationMethod.LindeBuzoGray)
        {
            Assert.Equal("mixed", expected.Fit.Diagnostics.Path);
        }

        // A start of several trainings consists of the other methods, which are tried in every way.
        ReadOnlySpan<(int, int?)> ways = method == InitializationMethod.Auto ? [(3, 7)] : [(1, null), (2, null), (3, 7), (7, 1000), (2, 1)];
        foreach ((int threads, int? batch) in ways)
        {
            ExecutionOptions other = execution with { Threads = threads, BatchSize = batch };
            AssertSame(expected, Train(direct, structure, method, other), $"{threads} threads, batches of {batch}");
            if (threads != 1)
            {
                AssertSame(expected, Train(Batches.Of(rows, Dimension, tellsCount: threads == 2), structure, method, other),
                    $"sequential, {threads} threads, batches of {batch}");
            }
        }
    }

    [Theory]
    [InlineData(NumericalPath.Centered)]
    [InlineData(NumericalPath.Products)]
    public void Fit_AgainWithMemoryElsewhere_IsTheSameToTheBit(NumericalPath path)
    {
        // Arrays land on other addresses each time; sizes are odd so that rows of a matrix do too.
        const int Dimension = 13;
        double[] rows = Rows(700, Dimension);
        foreach (BackendKind backend in TestBackends.Kinds)
        {
            ExecutionOptions execution = new() { Backend = TestBackends.Get(backend), Path = path, Threads = 2 };
            IVectorSource source = VectorSource.From((ReadOnlyMemory<double>)rows, Dimension);
            Outcome expected = Train(source, "full", InitializationMethod.Random, execution);
            List<byte[]> kept = [];
            for (int run = 0; run < 12; run++)
            {
                kept.Add(new byte[8 + (8 * run)]);
                AssertSame(expected, Train(source, "full", InitializationMethod.Random, execution), $"{backend}, run {run}");
            }

            GC.KeepAlive(kept);
        }
    }

    private static double[] Rows(int count, int dimension)
    {
        Random random = new(5);
        GaussianMixture model = RandomMixtures.Model(random, Structures.Make("full", dimension), 4);
        double[] rows = RandomMixtures.Rows(random, model, count);
        double far = 1e7;
        for (int t = 100; t < count; t += 1111)
        {
            rows[t * dimension] += far;
            far = -far;
        }

        return rows;
    }

    private static Outcome Train(IVectorSource rows, string structure, InitializationMethod method, ExecutionOptions execution)
    {
        CovarianceStructure shape = Structures.Make(structure, rows.Dimension);
        GmmOptions options = new()
        {
            Covariance = new() { Kind = shape.Kind },
            Start = new() { Seed = 3 },
            Stopping = new() { Iterations = 2, Tolerance = 0 },
            Execution = execution,
        };
        GaussianMixtureModeling estimator = new(rows.Dimension - 1, 5, options);
        GaussianMixture start = estimator.Initialize(rows, method);
        GmmFitResult fit = estimator.Fit(rows, returnPosterior: true);
        return new Outcome(start, fit, fit.Model.LogDensities(rows, execution), fit.Model.Labels(rows, execution));
    }

    private static void AssertSame(Outcome expected, Outcome actual, string what)
    {
        Bits.AssertSame(expected.Start, actual.Start, what + ": start");
        Bits.AssertSame(expected.Fit.Model, actual.Fit.Model, what + ": model");
        Bits.AssertSame(
            [.. expected.Fit.History.Select(i => i.TotalLogLikelihood)], [.. actual.Fit.History.Select(i => i.TotalLogLikelihood)], what
            + ": log-likelihoods");
        Bits.AssertSame(expected.LogDensities, actual.LogDensities, what + ": log-densities");
        Bits.AssertSame(expected.Fit.Posterior!, actual.Fit.Posterior!, what + ": posteriors");
        Assert.Equal(expected.Labels, actual.Labels);
    }

    private sealed record Outcome(GaussianMixture Start, GmmFitResult Fit, double[] LogDensities, int[] Labels);
}
