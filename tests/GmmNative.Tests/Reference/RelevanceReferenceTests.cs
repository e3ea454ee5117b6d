using GmmNative.Interop;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Reference;

/// <summary>Adaptation with a relevance factor against answers in 50 digits, on every backend.</summary>
[Trait("Category", "Reference")]
public sealed class RelevanceReferenceTests
{
    public static TheoryData<string, BackendKind, NumericalPath, Precision> Cases
    {
        get
        {
            TheoryData<string, BackendKind, NumericalPath, Precision> data = [];
            foreach (BackendKind backend in TestBackends.Kinds)
            {
                foreach (NumericalPath path in Enum.GetValues<NumericalPath>())
                {
                    foreach (RelevanceCase c in RelevanceCase.All)
                    {
                        data.Add(c.ToString(), backend, path, Precision.Double);
                        data.Add(c.ToString(), backend, path, Precision.Single);
                    }
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fit_ReferenceCase_AgreesWithTheEquations(string name, BackendKind backend, NumericalPath path, Precision precision)
    {
        RelevanceCase c = RelevanceCase.Find(name);
        GaussianMixture ubm = c.Ubm;
        GmmOptions options = new()
        {
            Covariance = new() { Kind = c.Covariance, BlockSizes = c.BlockSizes, VarianceFloor = 0 },
            Prior = new() { Ubm = ubm, Relevance = c.Relevance, Adapted = c.Adapted },
            Update = new() { WeightFloor = 0 },
            Execution = new ExecutionOptions { Backend = TestBackends.Get(backend), Path = path, Precision = precision },
        };

        using IVectorSource rows = VectorFile.Open(c.RowsPath);
        GmmFitResult result = new GaussianMixtureTrainer(ubm.ComponentCount, options).Fit(rows);

        // Single precision sums products of 60 rows with 24 bits.
        double tolerance = precision == Precision.Double ? 1e-11 : 2e-4;
        GaussianMixture expected = c.Expected;
        Assert.Single(result.History);
        Assert.True(Near.RelativeError(expected.Weights.Span, result.Model.Weights.Span, 1e-3) <= tolerance);
        Assert.True(Near.RelativeError(expected.Means.Span, result.Model.Means.Span, 1) <= tolerance);
        Assert.True(Near.RelativeError(expected.Covariances.Span, result.Model.Covariances.Span, 0.1) <= tolerance);
        double before = c.Arrays["total_log_likelihood_before"][0];
        Assert.True(Math.Abs(before - result.TotalLogLikelihood) <= tolerance * Math.Abs(before));
        AssertKept(ubm, result.Model, c.Adapted);
    }

    private static void AssertKept(GaussianMixture ubm, GaussianMixture model, MixtureParameters adapted)
    {
        if (!adapted.HasFlag(MixtureParameters.Weights))
        {
            Assert.Equal(ubm.Weights.ToArray(), model.Weights.ToArray());
        }

        if (!adapted.HasFlag(MixtureParameters.Means))
        {
            Assert.Equal(ubm.Means.ToArray(), model.Means.ToArray());
        }

        if (!adapted.HasFlag(MixtureParameters.Covariances))
        {
            Assert.Equal(ubm.Covariances.ToArray(), model.Covariances.ToArray());
        }
    }
}
