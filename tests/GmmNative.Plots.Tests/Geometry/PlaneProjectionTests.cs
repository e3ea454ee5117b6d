using GmmNative.Plots.Geometry;
using Xunit;

namespace GmmNative.Plots.Tests.Geometry;

/// <summary>Projections of models and rows.</summary>
public sealed class PlaneProjectionTests
{
    // Mean (1, 2, 3); the first two columns are almost equal after scaling, the third is independent.
    private static readonly GaussianMixture Model = new(
        new CovarianceStructure(CovarianceKind.Full, 3), [1], [1, 2, 3], [1, 1.8, 0, 1.8, 4, 0, 0, 0, 9]);

    [Fact]
    public void Columns_InAnyOrder_SelectMeansAndCovariances()
    {
        PlaneComponent component = PlaneProjection.OfColumns(["a", "b", "c"], 1, 0).Project(Model, 0);
        Assert.Equal(new PlaneComponent(1, new PlanePoint(2, 1), 4, 1.8, 1), component);
    }

    [Fact]
    public void PrincipalAxes_OfAModel_AreThoseOfTheCorrelations()
    {
        // Correlations [1, 0.9, 0; 0.9, 1, 0; 0, 0, 1]: eigenvalues 1.9, 1 and 0.1.
        PlaneProjection projection = PlaneProjection.OfPrincipalAxes(RowMoments.Of(Model));
        Assert.Equal("principal coordinate 1 (63 % of the variance)", projection.LabelX);
        Assert.Equal("principal coordinate 2 (33 % of the variance)", projection.LabelY);
        PlaneComponent component = projection.Project(Model, 0);

        // The iteration stops when the eigenvalues have 12 digits: the vectors then have half as many.
        Assert.Equal(1.9, component.VarianceX, 1e-9);
        Assert.Equal(0, component.Covariance, 1e-5);
        Assert.Equal(1, component.VarianceY, 1e-9);
        PlanePoint point = projection.Project([2, 2, 6]);
        Assert.Equal(1 / Math.Sqrt(2), point.X, 1e-5);
        Assert.Equal(1, point.Y, 1e-5);
    }

    [Fact]
    public void Moments_OfRows_AreThoseOfTheirModel()
    {
        using IVectorSource rows = Models.Rows(Models.Full, 50_000);
        RowMoments expected = RowMoments.Of(Models.Full);
        RowMoments actual = RowMoments.Of(SampledRows.Draw(rows, 50_000, 0, CancellationToken.None));

        // Standard errors: about 0.04 for means, and 0.5 for the covariances of up to 80.
        Assert.Equal(expected.Mean[1], actual.Mean[1], 0.2);
        Assert.Equal(expected.Covariance[0, 1], actual.Covariance[0, 1], 2.0);
        Assert.Equal(37.25, expected.Covariance[0, 1], 1e-12 + 0.4);
    }

    [Fact]
    public void Largest_OfAMatrixOfRankOne_IsItsVector()
    {
        (double[] values, double[][] vectors) = PrincipalAxes.Largest(new double[,] { { 1, -2 }, { -2, 4 } }, 2);
        Assert.Equal(5, values[0], 1e-12);
        Assert.Equal(0, values[1], 1e-12);
        Assert.Equal(2 / Math.Sqrt(5), vectors[0][1], 1e-12);
    }
}
