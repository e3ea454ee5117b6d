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
        GaussianMixture start = c.Start(dimension);
        GmmOptions options = new()
        {
            Covariance = new() { Kind = c.Covariance, BlockSizes = c.BlockSizes, VarianceFloor = EmCase.VarianceFloor },
            Stopping = new() { Iterations = c.Iterations, Tolerance = 0 },
            Prior = new() { Ubm = c.Ubm is null ? null : start, Alpha = c.Alpha },
            Update = new() { WeightFloor = EmCase.WeightFloor },
            Execution = new ExecutionOptions { Backend = TestBackends.Get(backend), Path = path },
        };
        GaussianMixtureModeling estimator = new(dimension - 1, start.ComponentCount, options);
        estimator.SetParameters(start);

        GmmFitResult result = estimator.Fit(VectorSource.From((ReadOnlyMemory<double>)rows, dimension));

        Assert.Equal(c.Iterations, result.History.Count);
        Assert.Empty(c.Deviations(result.Model, result.TotalLogLikelihood));
        if (c.RegressionInputs == 0)
        {
            return;
        }

        (double[] test, _) = c.Vectors("x_test.npy");
        IVectorSource testRows = VectorSource.From((ReadOnlyMemory<double>)test, dimension);
        NumpyArchive expected = c.Arrays;
        Assert.Empty(c.Deviations("log-densities", expected["log_prob_test"], result.Model.LogDensities(testRows, options.Execution), 1));
        IVectorSource inputs = VectorSource.From(
            (ReadOnlyMemory<double>)FirstColumns(test, dimension, c.RegressionInputs), c.RegressionInputs);
        TransformResult transform = estimator.Transform(inputs);
        Assert.NotNull(transform.Converted);
        Assert.Empty(c.Deviations("regression", expected["regression_y"], [.. transform.Converted.Cast<double>()], 1));
    }

    private static double[] FirstColumns(double[] rows, int dimension, int count) =>
        [.. Enumerable.Range(0, rows.Length / dimension).SelectMany(r => rows.AsSpan(r * dimension, count).ToArray())];
}
