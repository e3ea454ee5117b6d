using GmmNative.Expectation;
using GmmNative.Maximization;
using GmmNative.Maximization.Priors;
using GmmNative.Statistics;
using GmmNative.Tests.Support;
using Xunit;

namespace GmmNative.Tests.Maximization;

/// <summary>The M-step as a whole: weights, floors and what it says about them.</summary>
public sealed class MaximizationTests
{
    private static readonly double[] Shift = [0.5, -0.5];

    [Theory]
    [InlineData(SingularCovarianceHandling.Throw, VarianceFloorTarget.Eigenvalues)]
    [InlineData(SingularCovarianceHandling.Throw, VarianceFloorTarget.Diagonal)]
    [InlineData(SingularCovarianceHandling.FloorEigenvalues, VarianceFloorTarget.Eigenvalues)]
    [InlineData(SingularCovarianceHandling.FloorEigenvalues, VarianceFloorTarget.Diagonal)]
    public void Update_HealthyCovariances_ReportsNoFloor(SingularCovarianceHandling singular, VarianceFloorTarget target)
    {
        UpdateOptions options = Options(1e-6) with { Floors = Floors(1e-6) with { SingularCovariance = singular, Target = target } };
        UpdateResult result = Update(options, Healthy, Healthy, Healthy);
        Assert.DoesNotContain(true, result.EigenvaluesFloored);
        Assert.DoesNotContain(true, result.VarianceFloored);
        Assert.DoesNotContain(true, result.LostDigits);
        Assert.DoesNotContain(true, result.Empty);
        Assert.False(result.HasLostDigits);
        for (int k = 0; k < 3; k++)
        {
            Assert.Equal([1, 0.25, 0.25, 1], result.Model.Covariance(k).ToArray().Select(x => Math.Round(x, 13)));
        }
    }

    [Fact]
    public void Update_OneFlooredComponent_IsTheOnlyOneReported()
    {
        UpdateResult result = Update(Options(0.01), Thin, Healthy, Healthy);
        Assert.Equal([true, false, false], result.VarianceFloored);
        Assert.Equal([false, false, false], result.EigenvaluesFloored);
        result = Update(Options(1e-30), Healthy, Line, Healthy);
        Assert.Equal([false, false, false], result.VarianceFloored);
        Assert.Equal([false, true, false], result.EigenvaluesFloored);
        result = Update(Options(0), MomentPrecisionOfDouble, Healthy, FarLine, Healthy);
        Assert.Equal([false, true, false], result.LostDigits);
        Assert.Equal([false, false, false], result.VarianceFloored);
        Assert.True(result.HasLostDigits);
    }

    [Fact]
    public void Update_SingularCovarianceThatIsToThrow_NamesComponentAndIteration()
    {
        UpdateOptions options = Options(1e-6) with
        {
            Floors = Floors(1e-6) with { SingularCovariance = SingularCovarianceHandling.Throw },
        };
        SingularCovarianceException error = Assert.Throws<SingularCovarianceException>(() => Update(options, Healthy, Healthy, Line));
        Assert.Equal(2, error.Component);
        Assert.Equal(7, error.Iteration);
    }

    [Fact]
    public void Update_WeightsBelowTheFloor_AreRaisedAndReported()
    {
        // 2, 6 and 8 of 16 rows; a floor of 0.2.
        UpdateResult result = Update(
            Options(0) with { WeightFloor = 0.2 }, Times(Healthy, 0.5), Times(Healthy, 1.5), Times(Healthy, 2));
        Assert.Equal([true, false, false], result.WeightFloored);
        Assert.True(result.WeightFloorActed);

        // What is above the floor is scaled: (w - f) (1 - 3 f) / (sum of max(w, f) - 3 f).
        double scale = (1 - 0.6) / (0.2 + 0.375 + 0.5 - 0.6);
        AssertWeights([0.2, 0.2 + (scale * 0.175), 0.2 + (scale * 0.3)], result);

        // The same in the other order.
        result = Update(Options(0) with { WeightFloor = 0.2 }, Times(Healthy, 2), Times(Healthy, 1.5), Times(Healthy, 0.5));
        Assert.Equal([false, false, true], result.WeightFloored);
        AssertWeights([0.2 + (scale * 0.3), 0.2 + (scale * 0.175), 0.2], result);
    }

    [Fact]
    public void Update_WeightAtTheFloor_IsReportedButChangesNothing()
    {
        UpdateResult result = Update(
            Options(0) with { WeightFloor = 0.125 }, Times(Healthy, 0.5), Times(Healthy, 1.5), Times(Healthy, 2));
        Assert.Equal([true, false, false], result.WeightFloored);
        Assert.False(result.WeightFloorActed);
        AssertWeights([0.125, 0.375, 0.5], result);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0.1, false)]
    [InlineData(1.0 / 3, true)]
    public void Update_EvenWeights_StayEven(double floor, bool isAtTheFloor)
    {
        UpdateResult result = Update(Options(0) with { WeightFloor = floor }, Healthy, Healthy, Healthy);
        AssertWeights([1.0 / 3, 1.0 / 3, 1.0 / 3], result);
        Assert.Equal(isAtTheFloor, result.WeightFloored[0]);
    }

    [Fact]
    public void Update_WeightFloorOfOneOverK_MakesTheWeightsEqual()
    {
        UpdateResult result = Update(Options(0) with { WeightFloor = 1.0 / 3 }, Healthy, Times(Healthy, 5), Healthy);
        Assert.Equal([1.0 / 3, 1.0 / 3, 1.0 / 3], result.Model.Weights.ToArray());
    }

    [Fact]
    public void Update_ComponentWithoutRows_KeepsMeanAndCovariance()
    {
        // A component of the smallest occupancy that counts, and one just below it.
        foreach ((double minimum, bool isEmpty) in ((double, bool)[])[(4, false), (4.0000001, true)])
        {
            UpdateResult result = Update(Options(0) with { MinimumOccupancy = minimum }, Times(Healthy, 2), Healthy, Times(Healthy, 3));
            Assert.Equal([false, isEmpty, false], result.Empty);
            Assert.Equal(isEmpty, Model.Mean(1).SequenceEqual(result.Model.Mean(1)));
            Assert.Equal(isEmpty, Model.Covariance(1).SequenceEqual(result.Model.Covariance(1)));
            Assert.Equal(4.0 / 24, result.Model.Weights.Span[1], 1e-15);
        }
    }

    [Fact]
    public void Update_BackgroundModel_CountsWithItsWeights()
    {
        // xi_k = 2 u_k additional rows, which are the only rows of a component without data.
        GaussianMixture ubm = new(
            Model.Structure, [0.5, 0.25, 0.25], [4, 4, 5, 5, 6, 6], [2, 0.5, 0.5, 2, 2, 0.5, 0.5, 2, 2, 0.5, 0.5, 2]);
        UpdateResult result = Update(Options(0) with { Prior = new AlphaPrior(ubm, 2) }, Healthy, [], Healthy);
        Assert.DoesNotContain(true, result.Empty);
        AssertWeights([(4 + 1) / 10.0, 0.5 / 10, (4 + 0.5) / 10], result);
        Assert.Equal([5, 5], result.Model.Mean(1).ToArray().Select(x => Math.Round(x, 12)));
        Assert.Equal([2, 0.5, 0.5, 2], result.Model.Covariance(1).ToArray().Select(x => Math.Round(x, 12)));

        // Mean 0 of four rows, 4 of one further: 0.8.
        Assert.Equal(0.8, result.Model.Mean(0)[0], 1e-14);
        Assert.Equal(((4 * (1 + 0.64)) + 2 + (3.2 * 3.2)) / 5, result.Model.CovarianceAt(0, 0, 0), 1e-13);
    }

    [Fact]
    public void Update_AnyThreads_GivesTheSameBits()
    {
        CovarianceStructure structure = Structures.Make("full", 6);
        GaussianMixture model = RandomMixtures.Model(new Random(4), structure, 40);
        SufficientStatistics statistics = new(new LiftedLayout(structure), 40, new double[6], MomentOrigins.Means(model));
        double[] rows = RandomMixtures.Rows(new Random(5), model, 60);
        for (int i = 0; i < 40 * 60; i++)
        {
            PlainStatistics.AddAboutShift(statistics, i / 60, 1.0 / (1 + (i % 7)), rows.AsSpan(i % 60 * 6, 6), new double[6]);
        }

        statistics.AddRows(60, -1);
        UpdateResult Run(int threads) => new MixtureUpdate(
            structure, 40, new UpdateOptions { WeightFloor = 0.01, Threads = threads, Floors = Floors(0.1, 6) }).Update(
            model, statistics, 1, MomentPrecision.Unchecked);
        Bits.AssertSame(Run(1).Model, Run(4).Model, "threads");
    }

    [Fact]
    public void Update_NamedColumns_KeepsTheNames() => Assert.Equal(
        ["x", "y"],
        new MixtureUpdate(Model.Structure, 3, Options(0)).Update(
            Model.WithColumns(["x", "y"]), Sum(Healthy, Healthy, Healthy), 1, MomentPrecision.Unchecked).Model.Columns);

    /// <summary>Four rows of mean 0, variances 1 and covariance 1/4, each with its weight.</summary>
    private static (double Weight, double X, double Y)[] Healthy => Ellipse(1.25, 0.75);

    /// <summary>Variance 2 along (1, 1), 1e-4 along (1, -1).</summary>
    private static (double Weight, double X, double Y)[] Thin => Ellipse(2, 1e-4);

    /// <summary>Nothing along (1, -1), where rounding leaves a little.</summary>
    private static (double Weight, double X, double Y)[] Line => [.. Ellipse(2, 0).Select(row => (row.Weight, row.X, row.X))];

    /// <summary>A line so far from the shift that its variances have lost their digits.</summary>
    private static (double Weight, double X, double Y)[] FarLine => [.. Line.Select(row => (row.Weight, row.X + 1e7, row.X))];

    private static MomentPrecision MomentPrecisionOfDouble => PrecisionLimits<double>.MomentPrecision;

    private static GaussianMixture Model { get; } = new(
        Structures.Make("full", 2), [0.25, 0.25, 0.5], [7, 8, 9, 10, 11, 12], [3, 1, 1, 3, 4, 1, 1, 4, 5, 1, 1, 5]);

    private static (double Weight, double X, double Y)[] Ellipse(double along, double across)
    {
        double a = Math.Sqrt(along);
        double b = Math.Sqrt(across);
        return [(1, a, a), (1, -a, -a), (1, b, -b), (1, -b, b)];
    }

    private static (double Weight, double X, double Y)[] Times((double Weight, double X, double Y)[] rows, double factor) =>
        [.. rows.Select(row => (factor * row.Weight, row.X, row.Y))];

    private static FloorOptions Floors(double floor, int dimension = 2) => new()
    {
        Floors = [.. Enumerable.Repeat(floor, dimension)],
        Resolutions = new double[dimension],
        Target = VarianceFloorTarget.Eigenvalues,
        SingularCovariance = SingularCovarianceHandling.FloorEigenvalues,
    };

    private static UpdateOptions Options(double varianceFloor) =>
        new() { WeightFloor = 0, Threads = 1, Floors = Floors(varianceFloor) };

    private static UpdateResult Update(UpdateOptions options, params (double Weight, double X, double Y)[][] components) =>
        Update(options, MomentPrecision.Unchecked, components);

    private static UpdateResult Update(
        UpdateOptions options, MomentPrecision precision, params (double Weight, double X, double Y)[][] components) =>
        new MixtureUpdate(Model.Structure, 3, options).Update(
            Model, Sum(components), 7, precision);

    /// <summary>The rows of each component, about the shift; together they are as many as their weights.</summary>
    private static SufficientStatistics Sum(params (double Weight, double X, double Y)[][] components)
    {
        SufficientStatistics statistics = new(new LiftedLayout(Model.Structure), 3, Shift, MomentOrigins.Means(Model));
        for (int k = 0; k < components.Length; k++)
        {
            foreach ((double weight, double x, double y) in components[k])
            {
                PlainStatistics.AddAboutShift(statistics, k, weight, [x, y], Shift);
            }
        }

        statistics.AddRows((int)Math.Round(components.Sum(rows => rows.Sum(row => row.Weight))), -1);
        return statistics;
    }

    private static void AssertWeights(double[] expected, UpdateResult result)
    {
        for (int k = 0; k < expected.Length; k++)
        {
            Assert.Equal(expected[k], result.Model.Weights.Span[k], 1e-14);
        }
    }
}
