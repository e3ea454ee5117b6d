using GmmNative.Plots.Geometry;
using Xunit;

namespace GmmNative.Plots.Tests.Geometry;

/// <summary>Ellipses against the definition: the points at a Mahalanobis distance.</summary>
public sealed class SigmaEllipseTests
{
    public static TheoryData<double, double, double> Covariances => new()
    {
        { 1, 0, 1 },
        { 4, 0, 0.25 },
        { 0.25, 0, 4 },
        { 2, 1.2, 1 },
        { 1, -0.99, 1 },
        { 1e-6, 0, 1e6 },
    };

    [Theory]
    [MemberData(nameof(Covariances))]
    public void Points_OfACovariance_HaveTheDistance(double xx, double xy, double yy)
    {
        PlaneComponent component = new(1, new PlanePoint(3, -7), xx, xy, yy);
        foreach (double sigmas in (double[])[1, 2])
        {
            foreach (PlanePoint point in component.Ellipse(sigmas).Points(64))
            {
                double x = point.X - 3;
                double y = point.Y + 7;
                double determinant = (xx * yy) - (xy * xy);
                double squared = ((yy * x * x) - (2 * xy * x * y) + (xx * y * y)) / determinant;

                // The coordinates of the points carry the rounding of the center, relative to the short axis.
                Assert.Equal(sigmas, Math.Sqrt(squared), 1e-6);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Covariances))]
    public void Extent_OfACovariance_IsTheDeviation(double xx, double xy, double yy)
    {
        SigmaEllipse ellipse = new PlaneComponent(1, default, xx, xy, yy).Ellipse(2);
        Assert.Equal(2 * Math.Sqrt(xx), ellipse.HalfWidth, 1e-6 * Math.Sqrt(xx + yy));
        Assert.Equal(2 * Math.Sqrt(yy), ellipse.HalfHeight, 1e-6 * Math.Sqrt(xx + yy));
    }
}
