using GmmNative.Expectation;
using GmmNative.Statistics;
using GmmNative.Tests.Support;
using Xunit;

namespace GmmNative.Tests.Statistics;

/// <summary>
/// The moments of one component, gathered from both kinds, and what a prior adds to them. Rows are small integers: all sums are exact.
/// </summary>
public sealed class ComponentMomentsTests
{
    private const int Dimension = 3;

    public static TheoryData<string, string> Cases
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach (string structure in Structures.Names)
            {
                foreach (string kinds in (string[])["shared", "own", "both", "none"])
                {
                    data.Add(structure, kinds);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Component_AnyKindOfMoments_AreThoseOfTheRowsAboutOneOrigin(string structure, string kinds)
    {
        LiftedLayout layout = new(Structures.Make(structure, Dimension));
        double[] point = [2, -1, 4];
        double[] origins = [100, 100, 100, 3, 5, -2];
        SufficientStatistics statistics = new(layout, 2, point, MomentOrigins.Given(origins, Dimension, new bool[2]));
        ComponentMoments moments = new(layout) { Occupancy = 77 };
        moments.First.AsSpan().Fill(-5);
        moments.Second.AsSpan().Fill(-5);
        moments.CovarianceFirst.AsSpan().Fill(-5);
        List<(double Weight, double[] Row)> rows = [];
        Random random = new(4);
        for (int t = 0; t < 6; t++)
        {
            double[] row = [.. point.Select(_ => (double)random.Next(-9, 10))];
            double weight = random.Next(1, 5);
            if (kinds is "shared" or "both" && t % 2 == 0)
            {
                PlainStatistics.AddAboutShift(statistics, 1, weight, row, point);
                rows.Add((weight, row));
            }

            if (kinds is "own" or "both" && t % 2 == 1)
            {
                PlainStatistics.AddAboutOrigin(statistics, 1, weight, row, origins.AsSpan(Dimension));
                rows.Add((weight, row));
            }

            PlainStatistics.AddAboutShift(statistics, 0, 1000, row, point);
        }

        Assert.Same(moments, statistics.Component(1, moments));
        double[] origin = kinds is "own" or "both" ? origins[Dimension..] : point;
        Assert.Equal(origin, moments.Origin);
        double total = rows.Sum(row => row.Weight);
        Assert.Equal((total, total, total), (moments.Occupancy, moments.MeanOccupancy, moments.CovarianceOccupancy));
        Assert.Equal(total, statistics.Occupancy(1));
        for (int d = 0; d < Dimension; d++)
        {
            Assert.Equal(rows.Sum(row => row.Weight * (row.Row[d] - origin[d])), moments.First[d]);
        }

        Assert.Equal(moments.First, moments.CovarianceFirst);
        Assert.Equal(Products(layout, (i, j) => rows.Sum(row => row.Weight * (row.Row[i] - origin[i]) * (row.Row[j] - origin[j]))),
            moments.Second);
    }

    [Theory]
    [InlineData("diagonal")]
    [InlineData("full")]
    [InlineData("equalBlocks")]
    public void AddRows_DifferentStrengths_CountsThemApart(string structure)
    {
        LiftedLayout layout = new(Structures.Make(structure, Dimension));
        GaussianMixture model = RandomMixtures.Model(new Random(3), layout.Structure, 2);
        ComponentMoments moments = new(layout) { Occupancy = 10, MeanOccupancy = 10, CovarianceOccupancy = 10 };
        ((double[])[1, 2, 3]).CopyTo(moments.Origin, 0);
        moments.First.AsSpan().Fill(4);
        moments.CovarianceFirst.AsSpan().Fill(4);
        moments.Second.AsSpan().Fill(5);
        moments.AddRows(2, 8, model, 1);
        Assert.Equal((10, 12, 18), (moments.Occupancy, moments.MeanOccupancy, moments.CovarianceOccupancy));
        double Offset(int d) => model.Mean(1)[d] - moments.Origin[d];
        for (int d = 0; d < Dimension; d++)
        {
            Assert.Equal(4 + (2 * Offset(d)), moments.First[d], 1e-13);
            Assert.Equal(4 + (8 * Offset(d)), moments.CovarianceFirst[d], 1e-13);
        }

        double[] expected = Products(layout, (i, j) => 5 + (8 * (model.CovarianceAt(1, i, j) + (Offset(i) * Offset(j)))));
        for (int p = 0; p < expected.Length; p++)
        {
            Assert.Equal(expected[p], moments.Second[p], 1e-12);
        }
    }

    private static double[] Products(LiftedLayout layout, Func<int, int, double> product) =>
        [.. layout.Structure.GroupArrays.SelectMany(
            group => group.SelectMany((i, a) => group.Skip(a).Select(j => product(i, j))))];
}
