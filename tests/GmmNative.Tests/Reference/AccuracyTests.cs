using System.Text.Json;
using GmmNative.Interop;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Reference;

/// <summary>Hard mixtures with answers from 60-digit arithmetic, on every backend, with no option set but the backend.</summary>
[Trait("Category", "Reference")]
public class AccuracyTests
{
    private static readonly Dictionary<string, (CovarianceKind Covariance, double Condition)> Mixtures = Load();

    public static TheoryData<string, BackendKind> Cases
    {
        get
        {
            TheoryData<string, BackendKind> data = [];
            foreach (BackendKind backend in TestBackends.Kinds)
            {
                foreach (string name in Mixtures.Keys)
                {
                    data.Add(name, backend);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void LogDensitiesAndPosteriors_HardMixture_AreExact(string name, BackendKind backend)
    {
        NumpyArchive arrays = Arrays(name);
        GaussianMixture model = Model(name, arrays);
        IVectorSource rows = Rows(arrays);
        ExecutionOptions execution = new() { Backend = TestBackends.Get(backend) };

        double densityError = Near.RelativeError(arrays["log_prob"], model.LogDensities(rows, execution), 1);
        double[] posteriors = [.. model.Posteriors(rows, execution).Cast<double>()];

        // An error of eps in the covariance's entries moves the Mahalanobis distance by eps times the condition number.
        double allowed = Math.Max(
            1e-12, Mixtures[name].Condition * Math.ScaleB(1, -52) * (Mixtures[name].Covariance == CovarianceKind.Full ? 1 : 0));
        Assert.True(densityError <= allowed, $"log-densities: relative error {densityError:E2}, allowed {allowed:E2}");
        double posteriorError = arrays["posterior"].Zip(posteriors, (e, a) => Math.Abs(e - a)).Max();
        Assert.True(posteriorError <= 1e-10, $"posteriors: error {posteriorError:E2}, allowed 1e-10");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fit_OneIterationOfHardMixture_IsExact(string name, BackendKind backend)
    {
        NumpyArchive arrays = Arrays(name);
        GaussianMixture model = Model(name, arrays);
        GmmOptions options = new()
        {
            Covariance = new() { Kind = model.Structure.Kind, VarianceFloor = 0 },
            Stopping = new() { Iterations = 1 },
            Update = new() { WeightFloor = 0 },
            Execution = new ExecutionOptions { Backend = TestBackends.Get(backend) },
        };
        GaussianMixtureModeling estimator = new(model.Dimension - 1, model.ComponentCount, options);
        estimator.SetParameters(model);

        GaussianMixture step = estimator.Fit(Rows(arrays)).Model;

        int dimension = model.Dimension;
        double[] means = arrays["step_means"];
        double[] covariances = arrays["step_covariances"];
        Assert.True(Near.RelativeError(arrays["step_weights"], step.Weights.Span, 1) <= 1e-9, "weights");
        for (int k = 0; k < model.ComponentCount; k++)
        {
            // The covariance's scale: deviations for means, products of deviations for covariances.
            for (int i = 0; i < dimension; i++)
            {
                double deviation = Math.Sqrt(covariances[(((k * dimension) + i) * dimension) + i]);
                double meanError = Math.Abs(means[(k * dimension) + i] - step.Mean(k)[i]);
                Assert.True(meanError <= 1e-9 * deviation, $"mean of {k} at {i}: error {meanError:E2}, deviation {deviation:E2}");
                for (int j = 0; j < dimension; j++)
                {
                    if (!model.Structure.IsKept(i, j))
                    {
                        continue;
                    }

                    double other = Math.Sqrt(covariances[(((k * dimension) + j) * dimension) + j]);
                    double error = Math.Abs(covariances[(((k * dimension) + i) * dimension) + j] - step.CovarianceAt(k, i, j)) / (
                        deviation * other);
                    Assert.True(error <= 1e-9, $"covariance of {k} at ({i}, {j}): error {error:E2} of its scale");
                }
            }
        }
    }

    private static NumpyArchive Arrays(string name) => NumpyArchive.Load(TestData.Path("accuracy", name + ".npz"));

    private static IRandomAccessVectorSource Rows(NumpyArchive arrays) =>
        VectorSource.From((ReadOnlyMemory<double>)arrays["x"], arrays.Shape("x")[1]);

    private static GaussianMixture Model(string name, NumpyArchive arrays)
    {
        int dimension = arrays.Shape("x")[1];
        GaussianMixture full = new(
            new CovarianceStructure(CovarianceKind.Full, dimension), arrays["weights"], arrays["means"], arrays["covariances"]);
        return full.WithStructure(new CovarianceStructure(Mixtures[name].Covariance, dimension));
    }

    private static Dictionary<string, (CovarianceKind Covariance, double Condition)> Load()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(TestData.Path("accuracy", "cases.json")));
        return document.RootElement.EnumerateObject().ToDictionary(
            item => item.Name,
            item => (item.Value.GetProperty("covariance").GetString() == "full" ? CovarianceKind.Full : CovarianceKind.Diagonal,
                item.Value.GetProperty("condition").GetDouble()));
    }
}
