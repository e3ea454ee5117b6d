using GmmNative.Execution;
using GmmNative.Passes;
using GmmNative.Tests.Support;
using Xunit;

namespace GmmNative.Tests.Passes;

/// <summary>The rows of a training with their weights.</summary>
public sealed class TrainingDataTests
{
    [Fact]
    public void Of_RowsOfWeightZero_AreNotRead()
    {
        IVectorSource rows = Rows(5).WithRowWeights(new double[] { 0, 2.5, 0, 5, 10 });
        TrainingData data = Data(rows);
        Assert.Equal(5, data.RowCount);
        Assert.Equal(8, data.WeightScale);
        Assert.Equal([0.3125, 0.625, 1.25], data.Weights.ToArray());
        Assert.Equal([1, 3, 4], All(data.Rows));
        Assert.Equal("row 4", data.Rows.DescribeRow(1));
        Assert.Equal(3, data.Summary.Rows);
        Assert.Equal(17.5 / 8, data.Summary.TotalWeight);
        Assert.Equal((2.5 + 15 + 40) / 17.5, data.Summary.Mean[0], 1e-15);
        double mean = 57.5 / 17.5;
        Assert.Equal(Math.Sqrt(((2.5 * 1) + (5 * 9) + (10 * 16)) / 17.5 - (mean * mean)), data.Summary.Deviation[0], 1e-14);
        Assert.Equal([4], data.Summary.Magnitude());
    }

    [Theory]
    [InlineData(7)]
    [InlineData(1)]
    public void Of_SequentialRowsOfWeightZero_AreNotRead(int rowsAtATime)
    {
        double[] values = [.. Enumerable.Range(0, 3000).Select(t => (double)t)];
        double[] weights = [.. values.Select(t => t % 3)];
        TrainingData data = Data(new ScriptedSource(1, _ => values, rowsAtATime).WithRowWeights(weights));
        Assert.Equal(values.Where(t => t % 3 > 0), All(data.Rows));
        TrainingData memory = Data(Rows(3000).WithRowWeights(weights));
        Assert.Equal(memory.Summary.Mean, data.Summary.Mean);
        Assert.Equal(memory.Weights.ToArray(), data.Weights.ToArray());
    }

    [Theory]
    [InlineData(1.0, 1.0)]
    [InlineData(0.25, 0.25)]
    [InlineData(4096.0, 4096.0)]
    public void Of_EqualPowersOfTwo_GivesRowsWithoutWeights(double weight, double scale)
    {
        TrainingData data = Data(Rows(3).WithRowWeights(new double[] { weight, 0, weight }));
        Assert.True(data.Weights.IsEmpty);
        Assert.Equal(scale, data.WeightScale);
        Assert.Equal([0, 2], All(data.Rows));
        Assert.Equal(2, data.Summary.TotalWeight);
    }

    [Theory]
    [InlineData("There are 2 row weights for 3 rows", 1.0, 1.0)]
    [InlineData("There are 4 row weights for 3 rows", 1.0, 1.0, 1.0, 1.0)]
    [InlineData("Row weight 2 is -0.5", 1.0, -0.5, 1.0)]
    [InlineData("Row weight 3 is NaN", 1.0, 1.0, double.NaN)]
    [InlineData("Row weight 1 is Infinity", double.PositiveInfinity, 1.0, 1.0)]
    [InlineData("sum to 0", 0.0, 0.0, 0.0)]
    [InlineData("at most 1E+308", 1e308, 1e308, 0.0)]
    [InlineData("at most 1E-200", 1e-200, 1e-220, 0.0)]
    public void WithRowWeights_ThatAreNone_Throws(string message, params double[] weights)
    {
        VectorDataException error = Assert.Throws<VectorDataException>(() => Rows(3).WithRowWeights(weights));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "There are 2 row weights for at least 3 rows")]
    [InlineData(4, "There are 4 row weights for 3 rows")]
    public void Of_SequentialSourceOfAnotherLength_Throws(int count, string message)
    {
        double[] weights = [.. Enumerable.Range(1, count).Select(t => (double)t)];
        IVectorSource rows = new ScriptedSource(1, _ => [1, 2, 3]).WithRowWeights(weights);
        Assert.Contains(message, Assert.Throws<VectorDataException>(() => Data(rows)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WithRowWeights_Twice_Throws()
    {
        IVectorSource rows = Rows(2).WithRowWeights(new double[] { 1, 2 });
        Assert.Throws<ArgumentException>(() => rows.WithRowWeights(new double[] { 1, 2 }));
        Assert.Same(rows, rows.WithRowWeights(default));
    }

    [Fact]
    public void Concatenate_SourcesWithAndWithoutWeights_KeepsThem()
    {
        using IVectorSource all = VectorSource.Concatenate([Rows(2), Rows(3).WithRowWeights(new double[] { 3, 4, 5 })]);
        Assert.Equal([1, 1, 3, 4, 5], all.RowWeights.ToArray());
        using IVectorSource none = VectorSource.Concatenate([Rows(2), Rows(3)]);
        Assert.True(none.RowWeights.IsEmpty);
        using IVectorSource selected = VectorSource.SelectColumns(
            VectorSource.From(new double[,] { { 1, 2 }, { 3, 4 } }).WithRowWeights(new double[] { 6, 7 }), [1]);
        Assert.Equal([6, 7], selected.RowWeights.ToArray());
    }

    [Fact]
    public void Sample_OfRowsWithWeights_DrawsByWeight()
    {
        // Row t has weight t % 4: a part of equal weight contains 2 rows of weight 3, 1 of weight 2 ... on average.
        double[] weights = [.. Enumerable.Range(0, 40_000).Select(t => (double)(t % 4))];
        TrainingData weighted = Data(Rows(40_000).WithRowWeights(weights));
        TrainingData sample = weighted.Sample(6000, new Random(3), default);
        Assert.True(sample.Weights.IsEmpty);
        Assert.Equal(6000, sample.Summary.TotalWeight);
        double[] drawn = All(sample.Rows);
        Assert.Equal(drawn.Order(), drawn);

        // 1000, 2000 and 3000 expected, with deviations of at most 39.
        for (int weight = 0; weight < 4; weight++)
        {
            Assert.InRange(drawn.Count(t => (int)t % 4 == weight), 900 * weight, 1100 * weight);
        }

        Assert.Same(weighted, weighted.Sample(30_000, new Random(3), default));
    }

    [Fact]
    public void DrawDistinct_HeavyRows_AreDrawnMoreOftenAndOnce()
    {
        TrainingData data = Data(Rows(6).WithRowWeights(new double[] { 1, 0, 1, 1e12, 2, 0 }));
        int[] counts = new int[4];
        for (int seed = 0; seed < 3000; seed++)
        {
            long[] drawn = data.DrawDistinct(2, new Random(seed));
            Assert.Equal(drawn.Distinct().Order(), drawn);
            Array.ForEach(drawn, place => counts[place]++);
        }

        // Places count rows of positive weight. The heavy row is always drawn, then one of the others by weight: 1/4, 1/4, 2/4.
        Assert.Equal(3000, counts[2]);
        Assert.InRange(counts[0], 750 - 120, 750 + 120);
        Assert.InRange(counts[1], 750 - 120, 750 + 120);
        Assert.Equal([0, 1, 2, 3], data.DrawDistinct(4, new Random(1)));
        Assert.Equal(5, data.DrawDistinct(5, new Random(1)).Length);
    }

    [Fact]
    public void DrawOne_ManyTimes_DrawsByWeight()
    {
        TrainingData data = Data(Rows(4).WithRowWeights(new double[] { 1, 0, 3, 2 }));
        Random random = new(4);
        int[] counts = new int[3];
        for (int i = 0; i < 6000; i++)
        {
            counts[data.DrawOne(random)]++;
        }

        // 1000, 3000 and 2000 expected, with deviations of at most 39.
        Assert.InRange(counts[0], 800, 1200);
        Assert.InRange(counts[1], 2800, 3200);
        Assert.InRange(counts[2], 1800, 2200);
    }

    private static IRandomAccessVectorSource Rows(int count) =>
        VectorSource.From((ReadOnlyMemory<double>)(double[])[.. Enumerable.Range(0, count).Select(t => (double)t)], 1);

    private static TrainingData Data(IVectorSource rows) => TrainingData.Of(rows, ExecutionPlan.From(null), default);

    private static double[] All(IVectorSource rows)
    {
        List<double> values = [];
        double[] buffer = new double[64];
        using IVectorReader reader = rows.OpenReader();
        for (int read = reader.Read(buffer); read > 0; read = reader.Read(buffer))
        {
            values.AddRange(buffer[..read]);
        }

        return [.. values];
    }
}
