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

    private static SufficientStatistics Make(string structure, int dimension, int components) =>
        new(new LiftedLayout(Structures.Make(structure, dimension)), components);

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
