using GmmNative.Interop;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Reference;

/// <summary>The 60 cases that SPTK 4 answered, on every backend.</summary>
[Trait("Category", "Reference")]
public class EmReferenceTests
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
                    foreach (EmCase c in EmCase.All)
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
    public void Fit_ReferenceCase_AgreesWithSptk(string name, BackendKind backend, NumericalPath path)
    {
        EmCase c = EmCase.Find(name);
        (double[] rows, int dimension) = c.Vectors(c.Train);
        NumpyArchive expected = c.Arrays;

        // 20 iterations multiply the rounding of each by the slowness of EM's convergence.
        double tolerance = c.Iterations > 5 ? 1e-6 : 1e-8;
        GaussianMixture start = c.Model(c.Ubm is null ? "init_" : "ubm_", dimension);
        GmmOptions options = new()
        {
            Covariance = c.Covariance,
            BlockSizes = c.BlockSizes,
            Iterations = c.Iterations,
            Tolerance = 0,
            WeightFloor = 1e-5,
            VarianceFloor = 1e-6,
            Ubm = c.Ubm is null ? null : start,
            Alpha = c.Alpha,
            Execution = new ExecutionOptions { Backend = TestBackends.Get(backend), Path = path },
        };
        GaussianMixtureModeling estimator = new(dimension - 1, start.ComponentCount, options);
        estimator.SetParameters(start);

        GmmFitResult result = estimator.Fit(VectorSource.From((ReadOnlyMemory<double>)rows, dimension));

        Assert.Equal(c.Iterations, result.History.Count);
        AssertNear(expected["weights"], result.Model.Weights.Span, 1e-5, tolerance, "weights");
        AssertNear(expected["means"], result.Model.Means.Span, 1, tolerance, "means");
        AssertNear(c.Stored(expected["covariances"], dimension), result.Model.Covariances.Span, 1e-3, tolerance, "covariances");
        AssertNear(expected["total_log_likelihood_before_last_update"], [result.TotalLogLikelihood], 1, tolerance, "log-likelihood");
        if (c.RegressionInputs == 0)
        {
            return;
        }

        (double[] test, _) = c.Vectors("x_test.npy");
        IVectorSource testRows = VectorSource.From((ReadOnlyMemory<double>)test, dimension);
        AssertNear(expected["log_prob_test"], result.Model.LogDensities(testRows, options.Execution), 1, tolerance, "log-densities");
        IVectorSource inputs = VectorSource.From((ReadOnlyMemory<double>)FirstColumns(test, dimension, c.RegressionInputs), c.RegressionInputs);
        TransformResult transform = estimator.Transform(inputs);
        Assert.NotNull(transform.Converted);
        AssertNear(expected["regression_y"], [.. transform.Converted.Cast<double>()], 1, tolerance, "regression");
    }

    private static double[] FirstColumns(double[] rows, int dimension, int count) =>
        [.. Enumerable.Range(0, rows.Length / dimension).SelectMany(r => rows.AsSpan(r * dimension, count).ToArray())];

    private static void AssertNear(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double scale, double tolerance, string what)
    {
        double error = Near.RelativeError(expected, actual, scale);
        Assert.True(error <= tolerance, $"{what}: relative error {error:E2}, allowed {tolerance:E2}");
    }
}
