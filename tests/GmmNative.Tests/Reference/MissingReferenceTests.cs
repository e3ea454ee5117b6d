using GmmNative.Interop;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Reference;

/// <summary>EM over rows with missing values against 80-bit answers, on every backend.</summary>
[Trait("Category", "Reference")]
public class MissingReferenceTests
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
                    foreach (MissingCase c in MissingCase.All)
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
        MissingCase c = MissingCase.Find(name);
        GmmFitResult result = Fit(c, c.Rows, new() { Backend = TestBackends.Get(backend), Path = path });
        Assert.Equal(c.Iterations, result.History.Count);
        Assert.Empty(c.Deviations(result.Model, result.TotalLogLikelihood, c.Tolerance));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Score_AnswerOfReferenceCase_Agrees(string name, BackendKind backend, NumericalPath path)
    {
        MissingCase c = MissingCase.Find(name);
        ExecutionOptions execution = new() { Backend = TestBackends.Get(backend), Path = path };
        GaussianMixture model = c.Answer;
        Assert.Empty(c.TestDeviations(
            model.LogDensities(c.TestRows, execution), model.Posteriors(c.TestRows, execution), model.Impute(c.TestRows, execution), 1e-8));
        Assert.Equal(c.Arrays["total_log_likelihood"][0], model.LogDensities(c.Rows, execution).Sum(), 1e-8 * 1000);
    }

    /// <summary>Repeated rows do not change the model. With enough of them, their patterns are frequent and take another way.</summary>
    [Theory]
    [InlineData("d4k2_20/full_5", NumericalPath.Auto)]
    [InlineData("d4k2_20/full_2x2_5", NumericalPath.Products)]
    [InlineData("d4k2_20/diag_2x2_5", NumericalPath.Centered)]
    [InlineData("d3k3_35_empty/full_5", NumericalPath.Products)]
    [InlineData("d3k3_35_empty/full_2x1_5", NumericalPath.Auto)]
    [InlineData("d3k3_35_empty/diag_5", NumericalPath.Auto)]
    [InlineData("d3k3_35_empty/spherical_5", NumericalPath.Auto)]
    public void Fit_FrequentPatterns_Agrees(string name, NumericalPath path)
    {
        const int Repetitions = 300;
        MissingCase c = MissingCase.Find(name);
        IVectorSource rows = VectorSource.Concatenate([.. Enumerable.Repeat(c.Rows, Repetitions)]);
        foreach (BackendKind backend in TestBackends.Kinds)
        {
            GmmFitResult result = Fit(c, rows, new() { Backend = TestBackends.Get(backend), Path = path });
            Assert.Empty(c.Deviations(result.Model, result.TotalLogLikelihood / Repetitions, c.Tolerance));
        }
    }

    [Theory]
    [InlineData("d4k2_20/full_5")]
    [InlineData("d4k2_20/diag_2x2_5")]
    [InlineData("d3k3_35_empty/spherical_5")]
    public void Fit_SinglePrecision_Agrees(string name)
    {
        MissingCase c = MissingCase.Find(name);
        foreach (BackendKind backend in TestBackends.Kinds)
        {
            GmmFitResult result = Fit(c, c.Rows, new() { Backend = TestBackends.Get(backend), Precision = Precision.Single });

            // Complete rows have 24 bits; a few roundings per row and iteration.
            Assert.Empty(c.Deviations(result.Model, result.TotalLogLikelihood, 2e-4));
        }
    }

    private static GmmFitResult Fit(MissingCase c, IVectorSource rows, ExecutionOptions execution)
    {
        GaussianMixture start = c.Start;
        GmmOptions options = new()
        {
            Covariance = new() { Kind = c.Covariance, BlockSizes = start.Structure.BlockSizes, VarianceFloor = 0 },
            Stopping = new() { Iterations = c.Iterations, Tolerance = 0 },
            Update = new() { WeightFloor = 0 },
            Execution = execution,
        };
        return new GaussianMixtureTrainer(start.ComponentCount, options).Fit(rows, start);
    }
}
