using CommunityToolkit.HighPerformance;
using GmmNative.Interop;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Reference;

/// <summary>Variational mixtures against scikit-learn's BayesianGaussianMixture, on every backend.</summary>
[Trait("Category", "Reference")]
public sealed class BayesReferenceTests
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
                    foreach (BayesCase c in BayesCase.All)
                    {
                        data.Add(c.ToString(), backend, path);
                    }
                }
            }

            return data;
        }
    }

    [Fact]
    public void Cases_CoverBothTypesAndPriors() => Assert.Equal(80, BayesCase.All.Count);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fit_ReferenceCase_AgreesWithScikitLearn(string name, BackendKind backend, NumericalPath path)
    {
        BayesCase c = BayesCase.Find(name);
        ExecutionOptions execution = new() { Backend = TestBackends.Get(backend), Path = path };
        GmmFitResult result = Fit(c, c.Iterations, execution);

        Assert.Equal(c.Iterations, result.History.Count);
        Assert.NotEqual(StopReason.Fell, result.StopReason);
        Assert.Empty(c.Deviations(result.Model, result.LowerBound!.Value));
        (double[] test, int dimension) = c.Matrix("x_test.npy");
        IVectorSource rows = VectorSource.From((ReadOnlyMemory<double>)test, dimension);
        NumpyArchive expected = c.Arrays;
        Assert.Empty(c.Deviations("log-densities", expected["score_samples_test"], result.Model.LogDensities(rows, execution), 1));
        double[] posteriors = [.. result.Model.Posteriors(rows, execution).Cast<double>()];
        Assert.Empty(c.Deviations("posteriors", expected["predict_proba_test"], posteriors, 1e-2));
    }

    [Theory]
    [InlineData("d3k4/full_dd_default_5")]
    [InlineData("d3k4/diag_dp_own_5")]
    [InlineData("d1k3/full_dp_default_5")]
    public void Fit_SinglePrecision_AgreesToItsDigits(string name)
    {
        BayesCase c = BayesCase.Find(name);
        foreach (BackendKind backend in TestBackends.Kinds)
        {
            ExecutionOptions execution = new() { Backend = TestBackends.Get(backend), Precision = Precision.Single };
            GmmFitResult result = Fit(c, c.Iterations, execution);

            // Five iterations with products of 24 bits.
            NumpyArchive expected = c.Arrays;
            Assert.True(Near.RelativeError(expected["means"], result.Model.Means.Span, 1) <= 1e-3);
            Assert.True(Near.RelativeError(expected["covariances"], result.Model.Covariances.Span, 0.1) <= 1e-3);
            Assert.True(Near.RelativeError(expected["lower_bound"], [result.LowerBound!.Value], 1) <= 1e-4);
        }
    }

    private static GmmFitResult Fit(BayesCase c, int iterations, ExecutionOptions execution)
    {
        (double[] rows, int dimension) = c.Matrix("x_train.npy");
        (double[] posteriors, int components) = c.Matrix("resp_init.npy");
        GmmOptions options = new()
        {
            Covariance = new() { Kind = c.Kind },
            Start = new() { Posteriors = new ReadOnlyMemory2D<double>(posteriors, posteriors.Length / components, components) },
            Stopping = new() { Iterations = iterations, Tolerance = 0 },
            Prior = new() { Variational = c.Priors },
            Execution = execution,
        };
        return new GaussianMixtureTrainer(components, options).Fit(VectorSource.From((ReadOnlyMemory<double>)rows, dimension));
    }
}
