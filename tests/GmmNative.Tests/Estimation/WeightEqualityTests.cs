using GmmNative.Interop;
using GmmNative.Tests.Support;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Estimation;

/// <summary>
/// Trainings from a given model: an integer weight counts as repeated rows, a weight of zero as a removed row, and weights of one as none,
/// for every structure and prior.
/// </summary>
public sealed class WeightEqualityTests
{
    private const int Components = 3;
    private const int Dimension = 3;
    private const int Count = 700;

    /// <summary>The priors, and the parameters that are frozen.</summary>
    private static readonly string[] Priors =
        ["none", "alpha", "relevance", "dirichlet", "process", "frozen weights", "frozen means", "frozen covariances"];

    public static TheoryData<BackendKind, Precision, string> Cases
    {
        get
        {
            TheoryData<BackendKind, Precision, string> data = [];
            foreach (BackendKind backend in TestBackends.Kinds)
            {
                foreach (Precision precision in Enum.GetValues<Precision>())
                {
                    foreach (string structure in Structures.All)
                    {
                        data.Add(backend, precision, structure);
                    }
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fit_IntegerWeights_GivesWhatRepeatedRowsGive(BackendKind backend, Precision precision, string structure)
    {
        (GaussianMixture model, double[] rows) = Problem(structure);
        int[] times = [.. Enumerable.Range(0, Count).Select(t => t % 4)];
        double[] repeated = [.. Enumerable.Range(0, Count).SelectMany(t =>
            Enumerable.Repeat(rows.AsSpan(t * Dimension, Dimension).ToArray(), times[t]).SelectMany(row => row))];

        // In single precision the sums of a chunk have a few hundred roundings, and each of five iterations adds its own.
        double tolerance = precision == Precision.Double ? 1e-12 : 2000 * Executions.Epsilon(precision);
        foreach (string prior in Priors)
        {
            foreach (int iterations in (int[])[1, 5])
            {
                GaussianMixtureTrainer trainer = Trainer(model, prior, iterations, backend, precision);
                GmmFitResult expected = trainer.Fit(repeated, Dimension, model);
                GmmFitResult actual = trainer.Fit(rows, Dimension, model, rowWeights: Array.ConvertAll(times, n => (double)n));
                string what = $"{prior}, {iterations} iterations";
                Assert.Equal(expected.RowCount, actual.TotalWeight);
                Assert.Equal(1, actual.AverageLogLikelihood / expected.AverageLogLikelihood, tolerance);
                Assert.Equal(expected.LowerBound is null, actual.LowerBound is null);
                Assert.True(
                    expected.LowerBound is not { } bound || Math.Abs((actual.LowerBound!.Value / bound) - 1) <= tolerance, what);
                AssertNear(expected.Model, actual.Model, tolerance, what);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fit_WeightsOfZero_GiveTheBitsOfRemovedRows(BackendKind backend, Precision precision, string structure)
    {
        (GaussianMixture model, double[] rows) = Problem(structure);
        double[] weights = [.. Enumerable.Range(0, Count).Select(t => t % 3 == 1 ? 0.0 : 1)];
        double[] disturbed = [.. rows.Select((x, i) => weights[i / Dimension] == 0 ? 1e9 * x : x)];
        double[] kept = [.. rows.Where((_, i) => weights[i / Dimension] > 0)];
        foreach (string prior in Priors)
        {
            GaussianMixtureTrainer trainer = Trainer(model, prior, 5, backend, precision);
            GmmFitResult expected = trainer.Fit(kept, Dimension, model);
            GmmFitResult actual = trainer.Fit(disturbed, Dimension, model, rowWeights: weights);
            Bits.AssertSame(expected.Model, actual.Model, prior);
            Assert.Equal(expected.TotalLogLikelihood, actual.TotalLogLikelihood);
            Assert.Equal(expected.LowerBound, actual.LowerBound);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fit_WeightsOfOne_ChangeNoBit(BackendKind backend, Precision precision, string structure)
    {
        (GaussianMixture model, double[] rows) = Problem(structure);
        foreach (string prior in Priors)
        {
            GaussianMixtureTrainer trainer = Trainer(model, prior, 5, backend, precision);
            GmmFitResult expected = trainer.Fit(rows, Dimension, model);
            GmmFitResult actual = trainer.Fit(rows, Dimension, model, rowWeights: Enumerable.Repeat(1.0, Count).ToArray());
            Bits.AssertSame(expected.Model, actual.Model, prior);
            Assert.Equal(expected.TotalLogLikelihood, actual.TotalLogLikelihood);
            Assert.Equal(expected.LowerBound, actual.LowerBound);
        }
    }

    private static (GaussianMixture Model, double[] Rows) Problem(string name)
    {
        Random random = new(1);
        GaussianMixture model = RandomMixtures.Model(random, Structures.Make(name, Dimension), Components);
        return (model, RandomMixtures.Rows(random, model, Count));
    }

    private static GaussianMixtureTrainer Trainer(
        GaussianMixture model, string prior, int iterations, BackendKind backend, Precision precision)
    {
        const MixtureParameters WithoutCovariances = MixtureParameters.Weights | MixtureParameters.Means;
        return new GaussianMixtureTrainer(Components, new GmmOptions
        {
            Covariance = new() { Kind = model.Structure.Kind, BlockSizes = model.Structure.BlockSizes },
            Stopping = new() { Iterations = iterations, Tolerance = 0 },
            Execution = new ExecutionOptions { Backend = TestBackends.Get(backend), Precision = precision, Threads = 2 },
            Prior = prior switch
            {
                "alpha" => new() { Ubm = model, Alpha = 0.7 },
                "relevance" => new()
                {
                    Ubm = model,
                    Relevance = 16,
                    Adapted = model.Structure.IsTied ? WithoutCovariances : WithoutCovariances | MixtureParameters.Covariances,
                },
                "dirichlet" => new() { Variational = new() { Weights = WeightPrior.DirichletDistribution } },
                "process" => new() { Variational = new() { Weights = WeightPrior.DirichletProcess } },
                _ => new(),
            },
            Update = new()
            {
                Frozen = prior switch
                {
                    "frozen weights" => MixtureParameters.Weights,
                    "frozen means" => MixtureParameters.Means,
                    "frozen covariances" => MixtureParameters.Covariances,
                    _ => MixtureParameters.None,
                },
            },
        });
    }

    /// <summary>Compares weights relatively, means relative to the largest mean, and covariances relative to their variances.</summary>
    private static void AssertNear(GaussianMixture expected, GaussianMixture actual, double tolerance, string what)
    {
        double scale = expected.Means.ToArray().Max(Math.Abs);
        for (int k = 0; k < Components; k++)
        {
            Assert.True(Math.Abs((actual.Weights.Span[k] / expected.Weights.Span[k]) - 1) <= tolerance, $"{what}: weight {k}");
            for (int i = 0; i < Dimension; i++)
            {
                double difference = actual.Mean(k)[i] - expected.Mean(k)[i];
                Assert.True(Math.Abs(difference) <= tolerance * scale, $"{what}: mean {k}, {i} differs by {difference}");
                for (int j = 0; j < Dimension; j++)
                {
                    double deviation = Math.Sqrt(expected.CovarianceAt(k, i, i) * expected.CovarianceAt(k, j, j));
                    difference = actual.CovarianceAt(k, i, j) - expected.CovarianceAt(k, i, j);
                    Assert.True(
                        Math.Abs(difference) <= tolerance * deviation, $"{what}: covariance {k}, {i}, {j} differs by {difference}");
                }
            }
        }
    }
}
