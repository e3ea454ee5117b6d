using GmmNative.Interop;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Reference;

/// <summary>EM over rows with weights against 80-bit answers, on every backend.</summary>
[Trait("Category", "Reference")]
public class WeightReferenceTests
{
    public static TheoryData<string, BackendKind, NumericalPath> Cases
    {
        get
        {
            TheoryData<string, BackendKind, NumericalPath> data = [];
            foreach (BackendKind backend in TestBackends.Kinds)
            {
                foreach (NumericalPath path in Enum.GetValues<NumericalPath>())
                {
                    foreach (WeightCase c in WeightCase.All)
                    {
                        data.Add(c.ToString(), backend, path);
                    }
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fit_ReferenceCase_Agrees(string name, BackendKind backend, NumericalPath path)
    {
        WeightCase c = WeightCase.Find(name);
        ExecutionOptions execution = new() { Backend = TestBackends.Get(backend), Path = path };
        GmmFitResult result = Fit(c, c.Rows(), execution);
        Assert.Equal(c.Iterations, result.History.Count);
        Assert.Empty(c.Deviations(
            result.Model, result.TotalLogLikelihood, result.Model.LogDensities(c.Vectors("x_test.npy"), execution), c.Tolerance));
        double weight = c.Rows().RowWeights.ToArray().Sum();
        Assert.Equal(1, result.TotalWeight / weight, 1e-12);
        Assert.Equal(result.TotalLogLikelihood / result.TotalWeight, result.AverageLogLikelihood);
        Assert.Equal(result.AverageLogLikelihood, result.History[^1].AverageLogLikelihood);
    }

    [Theory]
    [InlineData("d3k3/diag_fractional_5", 1e-30)]
    [InlineData("d3k3/full_fractional_5", 1e38)]
    [InlineData("d2k2_outliers/full_fractional_5", 1e12)]
    [InlineData("d2k2_outliers/diag_integer_5", 1e-12)]
    public void Fit_WeightsOfAnotherScaleInSinglePrecision_Agrees(string name, double scale)
    {
        WeightCase c = WeightCase.Find(name);
        double[] weights = [.. c.Rows().RowWeights.ToArray().Select(weight => weight * scale)];
        foreach (BackendKind backend in TestBackends.Kinds)
        {
            ExecutionOptions execution = new() { Backend = TestBackends.Get(backend), Precision = Precision.Single };
            GmmFitResult result = Fit(c, c.Vectors("x_train.npy").WithRowWeights(weights), execution);
            double[] densities = result.Model.LogDensities(c.Vectors("x_test.npy"), execution with { Precision = Precision.Double });

            // Single precision has 24 bits; a few roundings per row and iteration.
            Assert.Empty(c.Deviations(result.Model, result.TotalLogLikelihood / scale, densities, 2e-4));
        }
    }

    private static GmmFitResult Fit(WeightCase c, IVectorSource rows, ExecutionOptions execution)
    {
        GaussianMixture start = c.Start;
        GmmOptions options = new()
        {
            Covariance = new() { Kind = c.Covariance, VarianceFloor = 0 },
            Stopping = new() { Iterations = c.Iterations, Tolerance = 0 },
            Prior = new() { Ubm = c.Alpha > 0 ? start : null, Alpha = c.Alpha },
            Update = new() { WeightFloor = 0 },
            Execution = execution,
        };
        return new GaussianMixtureTrainer(start.ComponentCount, options).Fit(rows, start);
    }
}
