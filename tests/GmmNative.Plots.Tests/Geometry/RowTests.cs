using GmmNative.Plots.Geometry;
using Xunit;

namespace GmmNative.Plots.Tests.Geometry;

/// <summary>Samples of rows, and histograms.</summary>
public sealed class RowTests
{
    [Fact]
    public void Draw_FewRows_AreAllInTheirOrder()
    {
        SampledRows rows = Draw([3, 1, 2], 10);
        Assert.Equal([3.0, 1, 2], Values(rows));
        Assert.Equal(3, rows.SourceRows);
    }

    [Fact]
    public void Draw_ManyRows_IsASampleInTheirOrderThatTheSeedDetermines()
    {
        double[] all = [.. Enumerable.Range(0, 5000).Select(i => (double)i)];
        double[] first = Values(Draw(all, 1000, seed: 1));
        Assert.Equal(1000, first.Distinct().Count());
        Assert.Equal(first.Order(), first);
        Assert.Equal(first, Values(Draw(all, 1000, seed: 1)));
        Assert.NotEqual(first, Values(Draw(all, 1000, seed: 2)));

        // The mean of 1000 of 0..4999 has a standard error of 41.
        Assert.InRange(first.Average(), 2300, 2700);
    }

    [Fact]
    public void Draw_RowWeights_DecideTheSample()
    {
        double[] all = [.. Enumerable.Range(0, 4000).Select(i => (double)(i % 4))];
        double[] weights = [.. all.Select(value => value)];
        SampledRows rows = SampledRows.Draw(
            VectorSource.From(all, 1).WithRowWeights(weights), 600, 0, CancellationToken.None);
        double[] values = Values(rows);
        Assert.Equal(3000, rows.SourceRows);
        Assert.DoesNotContain(0, values);
        Assert.True(values.Count(v => v == 3) > 1.5 * values.Count(v => v == 1));
        Assert.Equal(600, rows.TotalWeight);
    }

    [Fact]
    public void Draw_AllRowsWithWeights_KeepsTheWeights()
    {
        SampledRows rows = SampledRows.Draw(
            VectorSource.From(new double[] { 5, 6, 7 }, 1).WithRowWeights(new double[] { 2, 0, 0.5 }), 10, 0, CancellationToken.None);
        Assert.Equal([5.0, 7], Values(rows));
        Assert.Equal(2.5, rows.TotalWeight);
    }

    [Fact]
    public void Histogram_OfWeightedValues_CountsEach()
    {
        double[] values = [0, 0.5, 1, 1, 9.99, 10];
        Histogram histogram = Histogram.Of(values, [1, 1, 1, 2, 1, 0.5]);
        Assert.Equal(0, histogram.Minimum);
        Assert.Equal(10, histogram.Maximum, 1e-12);
        Assert.Equal(6.5, histogram.Total);
        Assert.Equal(4, histogram.Counts.Count);
        Assert.Equal([5, 0, 0, 1.5], histogram.Counts);
        Assert.Equal(1, histogram.Densities.Sum() * histogram.Width, 1e-12);
    }

    [Fact]
    public void Histogram_OfEqualValues_IsOneBin()
    {
        Histogram histogram = Histogram.Of([7, 7, 7], [1, 1, 1]);
        Assert.Equal([3.0], histogram.Counts);
        Assert.True(histogram.Minimum < 7 && histogram.Maximum > 7);
    }

    private static SampledRows Draw(double[] values, int maximum, int seed = 0) =>
        SampledRows.Draw(VectorSource.From(values, 1), maximum, seed, CancellationToken.None);

    private static double[] Values(SampledRows rows) => [.. Enumerable.Range(0, rows.Count).Select(t => rows.Row(t)[0])];
}
