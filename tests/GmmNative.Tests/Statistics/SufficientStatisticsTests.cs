using GmmNative.Expectation;
using GmmNative.Statistics;
using GmmNative.Tests.Support;
using Xunit;

namespace GmmNative.Tests.Statistics;

/// <summary>The sums of an E-step by themselves: what they count, and that merging them is adding rows.</summary>
public sealed class SufficientStatisticsTests
{
    [Fact]
    public void LogLikelihood_SmallTermsAfterALargeOne_KeepsThem()
    {
        // The spacing of doubles at 1e16 is 2: each of the small terms alone would be lost.
        SufficientStatistics sums = Make("diagonal", 1, 1);
        sums.AddRows(1, -1e16);
        for (int i = 0; i < 1000; i++)
        {
            sums.AddRows(1, -0.25);
        }

        Assert.Equal(-1e16 - 250, sums.LogLikelihood);
        Assert.Equal(1e16, sums.Magnitude);
        Assert.Equal(1001, sums.Rows);
    }

    [Fact]
    public void LogLikelihood_LargeTermsAroundASmallOne_KeepsIt()
    {
        SufficientStatistics sums = Make("diagonal", 1, 1);
        sums.AddRows(2, 1.25);
        sums.AddRows(3, 1e16);
        sums.AddRows(4, -1e16);
        Assert.Equal(1.25, sums.LogLikelihood);
        Assert.Equal(2e16, sums.Magnitude, 2.0);
        Assert.Equal(9, sums.Rows);
    }

    [Fact]
    public void LogLikelihood_OfAnImpossibleRow_IsMinusInfinityAndNotNaN()
    {
        SufficientStatistics sums = Make("diagonal", 1, 1);
        sums.AddRows(1, -3);
        sums.AddRows(1, double.NegativeInfinity);
        sums.AddRows(1, -3);
        Assert.Equal(double.NegativeInfinity, sums.LogLikelihood);
    }

    [Fact]
    public void Add_SumsWithRestsOfRounding_AddsTheRestsToo()
    {
        SufficientStatistics total = Make("diagonal", 1, 1);
        total.AddRows(1, 1e16);
        total.AddRows(1, 0.5);
        SufficientStatistics other = Make("diagonal", 1, 1);
        other.AddRows(1, -1e16);
        other.AddRows(1, 0.25);
        other.CenteredPairs = 5;
        total.CenteredPairs = 2;
        total.Add(other);
        Assert.Equal(0.75, total.LogLikelihood);
        Assert.Equal(4, total.Rows);
        Assert.Equal(7, total.CenteredPairs);
        Assert.Equal(2e16, total.Magnitude, 4.0);
    }

    /// <summary>Structure, D, and which kinds of moments the two sides have.</summary>
    public static TheoryData<string, int, string, string> Merges
    {
        get
        {
            TheoryData<string, int, string, string> data = [];
            string[] kinds = ["none", "shift", "origin", "both"];
            foreach (string left in kinds)
            {
                foreach (string right in kinds)
                {
                    data.Add("unequalBlocks", 6, left, right);
                }
            }

            // Groups that are added row by row: more than 32 coordinates.
            data.Add("full", 32, "both", "both");
            data.Add("full", 33, "both", "both");
            data.Add("fullBlocks", 90, "origin", "origin");
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Merges))]
    public void Add_TwoParts_HasTheMomentsOfAllTheirRows(string structure, int dimension, string left, string right)
    {
        const int components = 2;
        Random random = new(dimension);
        SufficientStatistics one = Make(structure, dimension, components);
        SufficientStatistics other = Make(structure, dimension, components);
        SufficientStatistics all = Make(structure, dimension, components);
        double[] zero = new double[dimension];
        foreach ((SufficientStatistics part, string kinds) in ((SufficientStatistics, string)[])[(one, left), (other, right)])
        {
            for (int t = 0; t < 4; t++)
            {
                // Small integers: sums are exact in any order.
                double[] row = [.. zero.Select(_ => (double)random.Next(-9, 10))];
                int component = t % components;
                foreach (SufficientStatistics sums in (SufficientStatistics[])[part, all])
                {
                    if (kinds is "shift" or "both")
                    {
                        PlainStatistics.AddAboutShift(sums, component, 1 + t, row, zero);
                    }

                    if (kinds is "origin" or "both")
                    {
                        PlainStatistics.AddAboutOrigin(sums, component, 2 + t, row, zero);
                    }
                }
            }
        }

        one.Add(other);
        AssertSame(all, one);
        for (int k = 0; k < components; k++)
        {
            double about = (left is "shift" or "both" ? 4 + (2 * k) : 0) + (right is "shift" or "both" ? 4 + (2 * k) : 0);
            double own = (left is "origin" or "both" ? 6 + (2 * k) : 0) + (right is "origin" or "both" ? 6 + (2 * k) : 0);
            Assert.Equal(about + own, one.Occupancy(k));
        }

        // Rented again, the sums must be as new.
        one.Clear();
        Assert.Equal((0, 0, 0, 0), (one.Rows, one.CenteredPairs, one.Magnitude, one.LogLikelihood));
        Assert.Equal(0, one.Occupancy(0));
        one.Add(all);
        AssertSame(all, one);
    }

    [Fact]
    public void Clear_AfterRows_CountsFromZero()
    {
        SufficientStatistics sums = Make("diagonal", 1, 1);
        sums.AddRows(7, -1e16);
        sums.AddRows(7, -0.5);
        sums.CenteredPairs = 3;
        sums.Clear();
        Assert.Equal(0, sums.LogLikelihood);
        Assert.Equal(0, sums.Rows);
        Assert.Equal(0, sums.CenteredPairs);
        Assert.Equal(0, sums.Magnitude);
        sums.AddRows(1, -2);
        Assert.Equal(-2, sums.LogLikelihood);
    }

    [Fact]
    public void Require_Again_GivesTheSameMoments()
    {
        SufficientStatistics sums = Make("full", 2, 3);
        Assert.Null(sums.SharedOrigin);
        Assert.Null(sums.OwnOrigin);
        Assert.Same(sums.RequireSharedOrigin(), sums.RequireSharedOrigin());
        Assert.Same(sums.RequireOwnOrigin(), sums.OwnOrigin);
        Assert.Equal(3, sums.Components);
    }

    [Fact]
    public void Origins_BeforeBegin_Throws()
    {
        SufficientStatistics sums = new(new LiftedLayout(Structures.Make("diagonal", 1)), 1);
        Assert.Throws<InvalidOperationException>(() => sums.Origins);
        Assert.Throws<InvalidOperationException>(() => sums.Add(sums));
    }

    [Fact]
    public void Begin_Again_IsEmptyAndAboutTheNewPoints()
    {
        SufficientStatistics sums = Make("full", 2, 2);
        PlainStatistics.AddAboutShift(sums, 0, 1, [1, 2], [0, 0]);
        PlainStatistics.AddAboutOrigin(sums, 1, 1, [1, 2], [0, 0]);
        sums.AddRows(3, 2.5, -1);
        SharedOriginMoments shared = sums.RequireSharedOrigin();
        double[] point = [4, 5];
        MomentOrigins origins = MomentOrigins.Given(new double[] { 1, 2, 3, 4 }, 2, new bool[2]);
        sums.Begin(point, origins);
        Assert.Same(shared, sums.SharedOrigin);
        Assert.Same(origins, sums.Origins);
        Assert.Equal(point, sums.ExpansionPoint.ToArray());
        Assert.Equal((0, 0, 0, 0), (sums.Rows, sums.TotalWeight, sums.Occupancy(0), sums.Occupancy(1)));
        Assert.All(shared.Sums.ToArray(), sum => Assert.Equal(0, sum));
        Assert.Equal(point, sums.Component(0, new ComponentMoments(sums.Layout)).Origin);
    }

    [Fact]
    public void Add_StatisticsAboutOtherPoints_Throws()
    {
        LiftedLayout layout = new(Structures.Make("full", 2));
        SufficientStatistics About(double point, double origin) => new(
            layout, 1, [0, point], MomentOrigins.Given(new[] { origin, 0.0 }, 2, new bool[1]));
        SufficientStatistics sums = About(1, 2);
        sums.Add(About(1, 2));
        Assert.Throws<InvalidOperationException>(() => sums.Add(About(3, 2)));
        Assert.Throws<InvalidOperationException>(() => sums.Add(About(1, 3)));
    }

    [Fact]
    public void AddRows_WithWeights_SumsThem()
    {
        SufficientStatistics sums = Make("diagonal", 1, 1);
        sums.AddRows(3, 0.5, -2);
        sums.AddRows(4, -3);
        Assert.Equal((7, 4.5, -5, 5), (sums.Rows, sums.TotalWeight, sums.LogLikelihood, sums.Magnitude));
        SufficientStatistics other = Make("diagonal", 1, 1);
        other.AddRows(1, 0.25, 0);
        sums.Add(other);
        Assert.Equal((8, 4.75), (sums.Rows, sums.TotalWeight));
    }

    [Theory]
    [InlineData("none", "counts 1,counts 1,sums 1,sums 1,sums 1,sums 1,counts 3")]
    [InlineData("shift", "counts 1,counts 1,sums 1,sums 1,sums 1,sums 1,counts 3,sums 2,sums 18")]
    [InlineData("origin", "counts 1,counts 1,sums 1,sums 1,sums 1,sums 1,counts 3,sums 2,sums 6,sums 18")]
    [InlineData("both", "counts 1,counts 1,sums 1,sums 1,sums 1,sums 1,counts 3,sums 2,sums 18,sums 2,sums 6,sums 18")]
    public void VisitSums_AnyKinds_ShowsAllInOrderAndTakesThemBack(string kinds, string names)
    {
        SufficientStatistics sums = Filled(kinds);
        SumList copy = new(SumListUse.Copy);
        sums.VisitSums(copy);
        Assert.Equal(names.Split(','), copy.Names);
        Assert.Equal([7], copy.Parts[0]);
        Assert.Equal([5], copy.Parts[1]);
        Assert.Equal([2.5], copy.Parts[2]);
        Assert.Equal([2e16], copy.Parts[5]);

        // Into empty ones, which have no moments yet, and into used ones.
        foreach (SufficientStatistics other in (SufficientStatistics[])[Make("full", 3, 2), Filled("both"), Filled("shift")])
        {
            other.Clear();
            other.VisitSums(copy.Continue(SumListUse.Put));
            AssertEqual(sums, other);
            Assert.Equal(1.25, other.LogLikelihood);
        }
    }

    [Fact]
    public void SetPooled_SecondMomentsOfAllRows_AddTheirTermAndAreVisitedAddedAndCleared()
    {
        SufficientStatistics Pooled(double scale)
        {
            SufficientStatistics sums = Make("tied", 2, 2);
            PlainStatistics.AddAboutShift(sums, 1, 2, [1, 3], [0, 0]);
            sums.AddRows(2, -4);
            sums.SetPooled([3 * scale, 5 * scale, 7 * scale], [-0.5, 0.25, -1]);
            return sums;
        }

        SufficientStatistics one = Pooled(1);
        Assert.Equal(-4 - 1.5 + 1.25 - 7, one.LogLikelihood);
        Assert.Equal(4 + 1.5 + 1.25 + 7, one.Magnitude);
        Assert.Equal([3, 5, 7], one.PooledSecond!);
        ComponentMoments moments = one.Component(1, new ComponentMoments(one.Layout));
        Assert.Equal([2, 6], moments.First);
        Assert.Equal([0, 0, 0], moments.Second);
        SumList copy = new(SumListUse.Copy);
        one.VisitSums(copy);
        Assert.Equal("counts 1,counts 1,sums 1,sums 1,sums 1,sums 1,counts 3,sums 2,sums 4,sums 3", string.Join(',', copy.Names));
        SufficientStatistics other = Make("tied", 2, 2);
        other.VisitSums(copy.Continue(SumListUse.Put));
        Assert.Equal([3, 5, 7], other.PooledSecond!);
        other.Add(Pooled(10));
        Assert.Equal([33, 55, 77], other.PooledSecond!);
        other.Scale(2);
        Assert.Equal([66, 110, 154], other.PooledSecond!);
        other.Clear();
        Assert.Null(other.PooledSecond);
        PlainStatistics.AddAboutOrigin(other, 0, 1, [1, 3], [0, 0]);
        Assert.Throws<InvalidOperationException>(() => other.SetPooled([1, 2, 3], [1, 2, 3]));
    }

    [Fact]
    public void VisitSums_ThatAdds_MergesAsAddDoes()
    {
        SufficientStatistics expected = Filled("both");
        expected.Add(Filled("both"));
        SumList copy = new(SumListUse.Copy);
        Filled("both").VisitSums(copy);
        SufficientStatistics sums = Filled("both");
        sums.VisitSums(copy.Continue(SumListUse.Add));
        AssertEqual(expected, sums);
    }

    [Fact]
    public void Scale_AllSums_CountForAsMuchMore()
    {
        SufficientStatistics sums = Filled("both");
        sums.Scale(0.25);
        Assert.Equal((7, 5), (sums.Rows, sums.CenteredPairs));
        Assert.Equal((0.625, 0.3125, 5e15), (sums.TotalWeight, sums.LogLikelihood, sums.Magnitude));
        SufficientStatistics whole = Filled("both");
        ComponentMoments quarter = sums.Component(1, new ComponentMoments(sums.Layout));
        ComponentMoments moments = whole.Component(1, new ComponentMoments(sums.Layout));
        Assert.NotEqual(0, moments.Occupancy);
        Assert.Equal(moments.Occupancy, 4 * quarter.Occupancy);
        Assert.Equal(moments.First, quarter.First.Select(x => 4 * x));
        Assert.Equal(moments.Second, quarter.Second.Select(x => 4 * x));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Scale_FactorThatIsNotPositiveAndFinite_Throws(double factor) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Make("diagonal", 1, 1).Scale(factor));

    /// <summary>Seven rows of weight 2.5, a log-likelihood with a rest, and moments of some kinds.</summary>
    private static SufficientStatistics Filled(string kinds)
    {
        SufficientStatistics sums = Make("full", 3, 2);
        sums.AddRows(3, 1, 1e16);
        sums.AddRows(2, 1, 1.25);
        sums.AddRows(2, 0.5, -1e16);
        sums.CenteredPairs = 5;
        for (int t = 0; t < 4; t++)
        {
            double[] row = [t, 1 - t, 2 * t];
            if (kinds is "shift" or "both")
            {
                PlainStatistics.AddAboutShift(sums, t % 2, 1 + t, row, new double[3]);
            }

            if (kinds is "origin" or "both")
            {
                PlainStatistics.AddAboutOrigin(sums, t % 2, 2 + t, row, new double[3]);
            }
        }

        return sums;
    }

    private static void AssertEqual(SufficientStatistics expected, SufficientStatistics actual)
    {
        Assert.Equal(
            (expected.Rows, expected.CenteredPairs, expected.TotalWeight, expected.LogLikelihood, expected.Magnitude),
            (actual.Rows, actual.CenteredPairs, actual.TotalWeight, actual.LogLikelihood, actual.Magnitude));
        for (int k = 0; k < expected.Components; k++)
        {
            ComponentMoments one = expected.Component(k, new ComponentMoments(expected.Layout));
            ComponentMoments other = actual.Component(k, new ComponentMoments(actual.Layout));
            Assert.Equal((one.Occupancy, one.Origin[0]), (other.Occupancy, other.Origin[0]));
            Assert.Equal(one.First, other.First);
            Assert.Equal(one.Second, other.Second);
        }
    }

    private static SufficientStatistics Make(string structure, int dimension, int components) =>
        new(new LiftedLayout(Structures.Make(structure, dimension)), components, new double[dimension],
            MomentOrigins.Given(new double[components * dimension], dimension, new bool[components]));

    private static void AssertSame(SufficientStatistics expected, SufficientStatistics actual)
    {
        Assert.Equal(expected.SharedOrigin?.Weights, actual.SharedOrigin?.Weights);
        if (expected.SharedOrigin is { } shifted)
        {
            Assert.Equal(shifted.Sums.ToArray(), actual.SharedOrigin!.Sums.ToArray());
        }

        Assert.Equal(expected.OwnOrigin?.Weights, actual.OwnOrigin?.Weights);
        for (int k = 0; k < actual.Components && expected.OwnOrigin is { } moments; k++)
        {
            Assert.Equal(moments.First(k).ToArray(), actual.OwnOrigin!.First(k).ToArray());
            Assert.Equal(moments.Squares(k).ToArray(), actual.OwnOrigin.Squares(k).ToArray());
        }
    }
}
