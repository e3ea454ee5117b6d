using GmmNative.Expectation;
using GmmNative.Tests.Support;
using Xunit;

namespace GmmNative.Tests.Expectation;

/// <summary>The choice between products and differences by cost, and that nothing is lost by it.</summary>
public sealed class FormCostTests
{
    [Theory]
    [InlineData(CovarianceKind.Diagonal, 1024, 4, null, false)]
    [InlineData(CovarianceKind.Full, 13, 8, null, false)]
    [InlineData(CovarianceKind.Tied, 1, 1, null, false)]
    [InlineData(CovarianceKind.Tied, 13, 1, null, false)]
    [InlineData(CovarianceKind.Tied, 1024, 2, null, false)]
    [InlineData(CovarianceKind.Spherical, 1024, 2, null, false)]
    [InlineData(CovarianceKind.Full, 39, 32, null, false)]
    [InlineData(CovarianceKind.Full, 64, 64, null, false)]
    [InlineData(CovarianceKind.Full, 64, 8, null, true)]
    [InlineData(CovarianceKind.Full, 128, 16, null, true)]
    [InlineData(CovarianceKind.Full, 1024, 256, null, true)]
    [InlineData(CovarianceKind.Full, 64, 32, new[] { 16, 16, 16, 16 }, false)]
    [InlineData(CovarianceKind.Full, 512, 16, new[] { 256, 256 }, true)]
    [InlineData(CovarianceKind.Diagonal, 80, 32, new[] { 40, 40 }, false)]
    public void IsCenteredCheaper_KnownShapes_IsAsMeasured(
        CovarianceKind kind, int dimension, int components, int[]? blocks, bool centered) =>
        Assert.Equal(centered, FormCost.IsCenteredCheaper(new LiftedLayout(new CovarianceStructure(kind, dimension, blocks)), components));

    [Theory]
    [InlineData(null)]
    [InlineData(new[] { 40, 56 })]
    public void Fit_LargeDimension_IsTheSameInAllFormsAndPrecisions(int[]? blocks)
    {
        const int Components = 3;
        CovarianceStructure structure = new(CovarianceKind.Full, 96, blocks);
        Random random = new(17);
        GaussianMixture start = RandomMixtures.Model(random, structure, Components, offset: 100);
        double[] x = RandomMixtures.Rows(random, start, 1500);
        IVectorSource rows = VectorSource.From((ReadOnlyMemory<double>)x, structure.Dimension);
        GmmFitResult exact = Fit(new ExecutionOptions { Path = NumericalPath.Centered });
        foreach (ExecutionOptions execution in Executions.All)
        {
            GmmFitResult result = Fit(execution);
            double tolerance = execution.Precision == Precision.Double ? 1e-11 : 1e-5;
            string what = Executions.Describe(execution);
            Assert.Equal(1, exact.AverageLogLikelihood / result.AverageLogLikelihood, tolerance);
            for (int i = 0; i < exact.Model.Covariances.Length; i++)
            {
                Assert.True(Math.Abs(exact.Model.Covariances.Span[i] - result.Model.Covariances.Span[i]) <= 100 * tolerance,
                    $"{what}: covariance {i}.");
            }

            Assert.Equal(execution.Path == NumericalPath.Products ? "products" : "centred", result.Diagnostics.Path);
            Assert.Equal(execution.Path == NumericalPath.Auto ? "costs less for this dimension and number of components" : "requested",
                result.Diagnostics.PathReason);
        }

        GmmFitResult Fit(ExecutionOptions execution)
        {
            GmmOptions options = new()
            {
                Covariance = new() { Kind = CovarianceKind.Full, BlockSizes = blocks },
                Stopping = new() { Iterations = 3, Tolerance = 0 },
                Execution = execution,
            };
            GaussianMixtureModeling estimator = new(structure.Dimension - 1, Components, options);
            estimator.SetParameters(start);
            return estimator.Fit(rows);
        }
    }
}
