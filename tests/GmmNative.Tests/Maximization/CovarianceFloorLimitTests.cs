using GmmNative.Estimation.Options;
using GmmNative.Execution;
using GmmNative.Expectation;
using GmmNative.Maximization;
using GmmNative.Passes;
using GmmNative.Tests.Support;
using Xunit;

namespace GmmNative.Tests.Maximization;

/// <summary>The borders of the floors: what is just within, what is just beyond, and what is remembered.</summary>
public sealed class CovarianceFloorLimitTests
{
    private const double Rounding = 1.0 / (1L << 52);

    private static readonly CovarianceStructure Full = Structures.Make("full", 2);

    [Theory]
    [InlineData(0.5, 0.5, 0.1, FloorOutcome.None, 0.5)]
    [InlineData(0.49, 0.5, 0.1, FloorOutcome.VarianceFloored, 0.5)]
    [InlineData(0.1, 0, 0.05, FloorOutcome.None, 0.1)]
    [InlineData(0.1, 0.01, 0.1, FloorOutcome.VarianceFloored, 0.1)]
    [InlineData(0.1, 0.01, 0.2, FloorOutcome.VarianceFloored, 0.2)]
    [InlineData(-0.3, 0.01, 0, FloorOutcome.VarianceFloored, 0.01)]
    internal void Apply_OneVariance_IsAtLeastFloorAndResolution(
        double variance, double floor, double resolution, FloorOutcome outcome, double expected)
    {
        FloorOptions options = Options(floor, floor) with { Resolutions = [resolution, resolution] };
        double[] covariance = [variance, 9];
        Assert.Equal(outcome, Apply(new CovarianceFloor(Structures.Make("diagonal", 2), 1, options), covariance, [1, 1]));
        Assert.Equal([expected, 9], covariance);
    }

    [Fact]
    public void Apply_SecondVarianceOnly_IsFlooredInItsOwnColumn()
    {
        double[] covariance = [0.5, 0.5];
        CovarianceFloor floor = new(Structures.Make("diagonal", 2), 1, Options(0.1, 0.7));
        Assert.Equal(FloorOutcome.VarianceFloored, Apply(floor, covariance, [1, 1]));
        Assert.Equal([0.5, 0.7], covariance);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Apply_SmallVarianceOfAFullCovariance_IsRaisedWhereverItStands(int column)
    {
        double[] covariance = [4, 0, 0, 0, 4, 0, 0, 0, 4];
        covariance[4 * column] = 0.05;
        double[] before = [.. covariance];
        CovarianceFloor floor = new(Structures.Make("full", 3), 1, Options(0.1, 0.2, 0.3));
        Assert.Equal(FloorOutcome.VarianceFloored, floor.Apply(0, before, covariance, new double[3], MomentPrecision.Unchecked, 1));
        before[4 * column] = 0.1 * (1 + column);
        for (int i = 0; i < 9; i++)
        {
            Assert.Equal(before[i], covariance[i], 1e-15);
        }
    }

    [Theory]
    [InlineData(5, false)]
    [InlineData(3, true)]
    public void Apply_SingularThatIsToThrow_IsWhatRoundingMakesOfZero(double roundings, bool throws)
    {
        // The last pivot of a group of two may be as small as four roundings of its variance.
        double[] covariance = [1, 1, 1, 1 + (roundings * Rounding)];
        FloorOptions options = Options(1e-30, 1e-30) with { SingularCovariance = SingularCovarianceHandling.Throw };
        CovarianceFloor floor = new(Full, 1, options);
        if (throws)
        {
            SingularCovarianceException error = Assert.Throws<SingularCovarianceException>(() => Apply(floor, covariance, [1, 0, 0, 1]));
            Assert.Equal([0, 1], error.Columns);
        }
        else
        {
            Assert.Equal(FloorOutcome.None, Apply(floor, covariance, [1, 0, 0, 1]));
        }
    }

    [Fact]
    public void Apply_FloorOfZeroInOneColumn_ThrowsForTheGroup()
    {
        Assert.Throws<SingularCovarianceException>(() => Apply(new CovarianceFloor(Full, 1, Options(0.1, 0)), [1, 1, 1, 1], [1, 0, 0, 1]));
        Assert.Equal(
            FloorOutcome.EigenvaluesFloored, Apply(new CovarianceFloor(Full, 1, Options(1e-20, 1e-20)), [1, 1, 1, 1], [1, 0, 0, 1]));
    }

    [Fact]
    public void Apply_OneColumnsRoundingAndAnothersFloor_AreLookedAtApart()
    {
        // Below (0.5, 0.1) taken together, 0.1 being what rounding resolves of 1e12; above (0.5, 1e-6), the floors, and above the rounding.
        double second = 1e12;
        double product = Math.Sqrt(0.5 * (second - 0.05));
        double[] covariance = [1, product, product, second];
        double[] before = [.. covariance];
        Assert.Equal(FloorOutcome.None, Apply(new CovarianceFloor(Full, 1, Options(0.5, 1e-6)), covariance, [1, 0, 0, second]));
        Assert.Equal(before, covariance);
    }

    [Fact]
    public void Apply_LimitOfAnEarlierIteration_HoldsForItsComponentAlone()
    {
        // Component 0 has become singular at variances of 1e4; later its eigenvalue of 1e-10 is below that limit of 1e-9.
        CovarianceFloor floor = new(Full, 2, Options(1e-20, 1e-20));
        Assert.Equal(FloorOutcome.EigenvaluesFloored, Apply(floor, [1e4, 1e4, 1e4, 1e4], [1e4, 0, 0, 1e4]));
        double[] small = [1, 0, 0, 1e-10];
        Assert.Equal(FloorOutcome.EigenvaluesFloored, floor.Apply(0, [1, 0, 0, 1], small, new double[2], MomentPrecision.Unchecked, 2));
        Assert.Equal(1e-9, small[3], 1e-22);
        double[] other = [1, 0, 0, 1e-10];
        Assert.Equal(FloorOutcome.None, floor.Apply(1, [1, 0, 0, 1], other, new double[2], MomentPrecision.Unchecked, 2));
        Assert.Equal(1e-10, other[3]);
    }

    [Fact]
    public void Apply_LimitLostInAVarianceThatHasGrown_IsMadeAnew()
    {
        CovarianceFloor floor = new(Full, 1, Options(1e-20, 1e-20));
        Apply(floor, [1, 1, 1, 1], [1, 0, 0, 1]);
        double[] larger = [50, 50, 50, 50];
        Apply(floor, larger, [50, 0, 0, 50]);
        Assert.InRange(larger[0] - larger[1], 0.5e-13, 2e-13);
        double[] largest = [2e9, 2e9, 2e9, 2e9];
        Apply(floor, largest, [2e9, 0, 0, 2e9]);
        Assert.InRange(largest[0] - largest[1], 0.9e-4, 4e-4);
    }

    [Fact]
    public void Apply_CovarianceBeforeThatKeepsNextToNothing_TakesTheWholeLimit()
    {
        // An eigenvalue of a thousandth of the limit is not worth keeping to; one of a tenth is.
        foreach ((double kept, double expected) in ((double, double)[])[(1e-3, 1), (0.1, 0.1), (20, 1)])
        {
            double half = 0.5 * kept * 0.1;
            double[] before = [1e12 + half, 1e12 - half, 1e12 - half, 1e12 + half];
            double[] covariance = [1e12, 1e12, 1e12, 1e12];
            Apply(new CovarianceFloor(Full, 1, Options(1e-6, 1e-6)), covariance, before);
            Assert.InRange((covariance[0] - covariance[1]) / 0.1, (0.98 * expected) - 0.01, (1.02 * expected) + 0.01);
        }
    }

    [Fact]
    public void Apply_SmallerVarianceBefore_LimitsBothToIt()
    {
        // What rounding resolves is measured by the smaller of the variances before and after.
        double[] covariance = [50, 50, 50, 50];
        Apply(new CovarianceFloor(Full, 1, Options(1e-20, 1e-20)), covariance, [1, 0, 0, 1]);
        Assert.InRange(covariance[0] - covariance[1], 0.5e-13, 2e-13);
    }

    [Fact]
    public void Apply_GroupsFlooredForDifferentReasons_ReportsBothAndNoLostDigits()
    {
        // The first block is thin, the second one singular beyond its floor.
        CovarianceStructure blocks = new(CovarianceKind.Full, 4, [2, 2]);
        double[] covariance = [2, 0, 0, 0, 0, 1e-3, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1];
        double[] before = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
        FloorOutcome outcome = new CovarianceFloor(blocks, 1, Options(0.01, 0.01, 1e-20, 1e-20))
            .Apply(0, before, covariance, new double[4], MomentPrecision.Unchecked, 1);
        Assert.True(outcome.HasFlag(FloorOutcome.VarianceFloored));
        Assert.True(outcome.HasFlag(FloorOutcome.EigenvaluesFloored));
        Assert.False(outcome.HasFlag(FloorOutcome.LostDigits));
        Assert.Equal(0.01, covariance[5], 1e-15);
        Assert.Equal(2, covariance[0]);
    }

    [Fact]
    public void Apply_SingularColumnsOfDifferentScale_RaisesEachByItsOwnRounding()
    {
        // Deviations 1 and 10 along one line. Half of 1e-13 of each variance is added to it.
        double[] covariance = [1, 10, 10, 100];
        Apply(new CovarianceFloor(Full, 1, Options(1e-20, 1e-20)), covariance, [1, 0, 0, 100]);
        Assert.InRange(covariance[0] - 1, 0.4e-13, 0.6e-13);
        Assert.InRange(covariance[3] - 100, 0.4e-11, 0.6e-11);

        // The variances before the update bound the limits column by column too: most of it is then added to the first one.
        covariance = [1, 10, 10, 100];
        Apply(new CovarianceFloor(Full, 1, Options(1e-20, 1e-20)), covariance, [1, 0, 0, 4]);
        Assert.InRange(covariance[0] - 1, 0.8e-13, 1.1e-13);
    }

    [Theory]
    [InlineData(1.0 / 16, new[] { 0, 1 })]
    [InlineData(0.25, new[] { 0, 1, 2 })]
    public void Apply_NullDirection_NamesTheColumnsThatHavePartInIt(double part, int[] columns)
    {
        // The null direction is (1, -1, part), without any rounding.
        double[] matrix = [1, 1, 0, 1, 1 + (part * part), part, 0, part, 1];
        CovarianceFloor floor = new(Structures.Make("full", 3), 1, Options(0, 0, 0));
        SingularCovarianceException error = Assert.Throws<SingularCovarianceException>(
            () => floor.Apply(0, [1, 0, 0, 0, 1, 0, 0, 0, 1], matrix, new double[3], MomentPrecision.Unchecked, 1));

        // The direction is taken in standard deviations, which moves it a little.
        Assert.Equal(columns, error.Columns);
    }

    [Theory]
    [InlineData(1e6, 1, 2.3e-4, true)]
    [InlineData(1e6, 1, 2.1e-16, false)]
    [InlineData(0, 1, 1, false)]
    [InlineData(1, 0, 1e-16, true)]
    [InlineData(1, double.NaN, 1e-16, true)]
    public void IsLost_AVarianceOfItsSecondMoment_ComparesRoundingWithTheTolerance(
        double second, double variance, double epsilon, bool expected) =>
        Assert.Equal(expected, new MomentPrecision(epsilon, 1e-3).IsLost(second, variance));

    [Fact]
    public void IsLost_AtTheBorder_IsKept()
    {
        Assert.False(new MomentPrecision(0.25, 1).IsLost(4, 1));
        Assert.True(new MomentPrecision(0.25, 1).IsLost(4.001, 1));
        Assert.False(MomentPrecision.Unchecked.IsLost(1e300, 1e-300));
        Assert.False(MomentPrecision.Unchecked.IsNoise(1e300, 0));
    }

    [Fact]
    public void IsNoise_AHundredRoundings_StandClear()
    {
        MomentPrecision precision = new(0.25, 1);
        Assert.False(precision.IsNoise(4, 100));
        Assert.True(precision.IsNoise(4, 99.999));
        Assert.True(precision.IsNoise(4, double.NaN));
    }

    [Fact]
    public void For_OptionsAndData_GivesFloorsByColumn()
    {
        // Deviations 1 and 5, magnitudes 2 and 15.
        double[] rows = [0, 5, 2, 15, 0, 5, 2, 15];
        ExecutionPlan plan = ExecutionPlan.From(null);
        DataSummary summary = DataSummary.Of(VectorSource.From((ReadOnlyMemory<double>)rows, 2), plan, default);
        GmmOptions given = new()
        {
            Covariance = new()
            {
                VarianceFloor = 0.3,
                RelativeVarianceFloor = 0.1,
                Regularization = 0.7,
                VarianceFloorOn = VarianceFloorTarget.Diagonal,
                WhenSingular = SingularCovarianceHandling.Throw,
            },
            Update = new() { WeightFloor = 0.01 },
        };
        ResolvedOptions resolved = ResolvedOptions.ForTrainer(given, 2, Full);
        UpdateOptions options = UpdateSettings.For(resolved, summary, plan, default);
        Assert.Equal(0.3, options.Floors.Floors[0], 1e-15);
        Assert.Equal(2.5, options.Floors.Floors[1], 1e-14);
        Assert.Equal(Math.Pow(8 * 2 * Rounding, 2), options.Floors.Resolutions[0], 1e-45);
        Assert.Equal(Math.Pow(8 * 15 * Rounding, 2), options.Floors.Resolutions[1], 1e-44);
        Assert.Equal(VarianceFloorTarget.Diagonal, options.Floors.Target);
        Assert.Equal(SingularCovarianceHandling.Throw, options.Floors.SingularCovariance);
        Assert.Equal((0.7, 0.01, 1e-290), (options.Regularization, options.WeightFloor, options.MinimumOccupancy));
        ExecutionPlan single = ExecutionPlan.From(new ExecutionOptions { Precision = Precision.Single });
        Assert.Equal(1e-30, UpdateSettings.For(resolved, summary, single, default).MinimumOccupancy);
    }

    private static FloorOptions Options(params double[] floors) => new()
    {
        Floors = floors,
        Resolutions = new double[floors.Length],
        Target = VarianceFloorTarget.Eigenvalues,
        SingularCovariance = SingularCovarianceHandling.FloorEigenvalues,
    };

    private static FloorOutcome Apply(CovarianceFloor floor, double[] covariance, double[] before) =>
        floor.Apply(0, before, covariance, new double[2], MomentPrecision.Unchecked, 1);
}
