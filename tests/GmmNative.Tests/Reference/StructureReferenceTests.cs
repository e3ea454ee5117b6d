using GmmNative.Interop;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Reference;

/// <summary>EM with the six structures, and the criteria, against answers of 80-bit arithmetic, on every backend.</summary>
[Trait("Category", "Reference")]
public class StructureReferenceTests
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
                    foreach (StructureCase c in StructureCase.All)
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
    public void Fit_ReferenceCase_AgreesWithTheAnswers(string name, BackendKind backend, NumericalPath path)
    {
        StructureCase c = StructureCase.Find(name);
        (double[] values, int dimension) = c.Vectors("x_train.npy");
        IVectorSource rows = VectorSource.From((ReadOnlyMemory<double>)values, dimension);
        GaussianMixture start = c.Start(dimension);
        ExecutionOptions execution = new() { Backend = TestBackends.Get(backend), Path = path };
        GmmOptions options = new()
        {
            Covariance = new() { Kind = c.Kind, VarianceFloor = 0 },
            Stopping = new() { Iterations = c.IterationsRun, Tolerance = 0 },
            Update = new() { WeightFloor = 0 },
            Execution = execution,
        };

        GmmFitResult result = new GaussianMixtureTrainer(start.ComponentCount, options).Fit(rows, start);

        NumpyArchive expected = c.Arrays;
        GaussianMixture model = result.Model;
        Assert.Equal(c.Kind, model.Structure.Kind);
        Assert.Empty(c.Deviations("weights", expected["weights"], model.Weights.Span, 1e-5));
        Assert.Empty(c.Deviations("means", expected["means"], model.Means.Span, 1));
        GaussianMixture full = model.WithStructure(new CovarianceStructure(CovarianceKind.Full, dimension));
        Assert.Empty(c.Deviations("covariances", expected["covariances"], full.Covariances.Span, 1e-3));
        Assert.Empty(c.Deviations(
            "log-likelihood before the last update", expected["total_log_likelihood_before_last_update"], [result.TotalLogLikelihood], 1));

        MixtureCriteria criteria = model.Criteria(rows, execution);
        Assert.Equal(c.Parameters, criteria.Parameters);
        Assert.Empty(c.Deviations("log-likelihood", expected["total_log_likelihood"], [criteria.LogLikelihood], 1));
        Assert.Empty(c.Deviations("aic", expected["aic"], [criteria.Aic], 1));
        Assert.Empty(c.Deviations("bic", expected["bic"], [criteria.Bic], 1));
        Assert.Empty(c.Deviations("icl", expected["icl"], [criteria.Icl], 1));

        (double[] test, _) = c.Vectors("x_test.npy");
        IVectorSource testRows = VectorSource.From((ReadOnlyMemory<double>)test, dimension);
        Assert.Empty(c.Deviations("log-densities", expected["log_prob_test"], model.LogDensities(testRows, execution), 1));
        double[] posteriors = [.. model.Posteriors(testRows, execution).Cast<double>()];
        Assert.Empty(c.Deviations("posteriors", expected["posterior_test"], posteriors, 1e-5));
    }
}
