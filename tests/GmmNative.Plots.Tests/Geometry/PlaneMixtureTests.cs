using GmmNative.Plots.Geometry;
using Xunit;

namespace GmmNative.Plots.Tests.Geometry;

/// <summary>Densities, levels and contours of mixtures in the plane.</summary>
public sealed class PlaneMixtureTests
{
    private static readonly PlaneProjection Columns = PlaneProjection.OfColumns(["x", "y"], 0, 1);

    [Fact]
    public void Density_OfAModel_IsThatOfTheModel()
    {
        PlaneMixture mixture = PlaneMixture.Of(Models.Full, Columns);
        MixtureScorer scorer = Models.Full.CreateScorer();
        foreach (PlanePoint point in (PlanePoint[])[new(0, 0), new(1, -2), new(9, 21), new(5, 10)])
        {
            double expected = Math.Exp(scorer.LogDensity([point.X, point.Y]));
            Assert.Equal(expected, mixture.Density(point), 1e-12 * expected);
        }
    }

    [Fact]
    public void Levels_OfOneGaussian_AreThoseOfTheFormula()
    {
        // The region of density above f_max (1 - p) has the probability p.
        double[] levels = PlaneMixture.Of(Models.Standard, Columns).Levels([0.25, 0.5, 0.95]);
        double top = 1 / (2 * Math.PI);
        Assert.Equal(0.75 * top, levels[0], 0.01 * top);
        Assert.Equal(0.50 * top, levels[1], 0.01 * top);
        Assert.Equal(0.05 * top, levels[2], 0.01 * top);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.95)]
    public void Levels_OfAMixture_EncloseTheProbability(double probability)
    {
        PlaneMixture mixture = PlaneMixture.Of(Models.Full, Columns);
        double level = mixture.Levels([probability])[0];
        double[,] rows = Models.Full.Sample(20_000, seed: 17);
        double inside = Enumerable.Range(0, 20_000).Count(t => mixture.Density(new PlanePoint(rows[t, 0], rows[t, 1])) >= level);

        // Two estimates from 20,000 points each: four standard errors of their difference are at most 0.02.
        Assert.Equal(probability, inside / 20_000, 0.02);
    }

    [Fact]
    public void Contours_OfOneGaussian_AreClosedCirclesOfTheRadius()
    {
        PlaneMixture mixture = PlaneMixture.Of(Models.Standard, Columns);
        PlaneView view = new(new Interval(-4, 4), new Interval(-4, 4));
        double level = 0.1 / (2 * Math.PI);
        IReadOnlyList<PlanePoint> curve = Assert.Single(new DensityGrid(mixture, view, 200).Contours(level));
        double radius = Math.Sqrt(-2 * Math.Log(0.1));
        Assert.All(curve, point => Assert.Equal(radius, Math.Sqrt((point.X * point.X) + (point.Y * point.Y)), 0.001));
        Assert.Equal(curve[0], curve[^1]);
        Assert.Equal(Math.PI * radius * radius, Area(curve), 0.02);
    }

    [Fact]
    public void Contours_OfDistantComponents_AreOnePerComponent()
    {
        PlaneMixture mixture = PlaneMixture.Of(Models.Circle(8), Columns);
        PlaneView view = PlaneView.Of([], mixture, 3);
        Assert.Equal(8, new DensityGrid(mixture, view, 300).Contours(mixture.Levels([0.5])[0]).Count);
    }

    [Fact]
    public void Contours_CutByTheView_EndAtItsBorder()
    {
        PlaneMixture mixture = PlaneMixture.Of(Models.Standard, Columns);
        PlaneView view = new(new Interval(0, 4), new Interval(-4, 4));
        IReadOnlyList<PlanePoint> curve = Assert.Single(new DensityGrid(mixture, view, 100).Contours(0.1 / (2 * Math.PI)));
        Assert.Equal(0, curve[0].X, 1e-12);
        Assert.Equal(0, curve[^1].X, 1e-12);
        Assert.True(curve[0].Y * curve[^1].Y < 0);
    }

    private static double Area(IReadOnlyList<PlanePoint> curve) =>
        Math.Abs(curve.Zip(curve.Skip(1), (a, b) => (a.X * b.Y) - (b.X * a.Y)).Sum()) / 2;
}
