using GmmNative.Execution;
using GmmNative.Passes;
using Xunit;

namespace GmmNative.Tests.Passes;

/// <summary>The rows of a training with their weights.</summary>
public sealed class TrainingDataTests
{
    [Fact]
    public void WithWeights_OneForEachRow_KeepsRowsAndSummary()
    {
        TrainingData plain = Data(3);
        Assert.True(plain.Weights.IsEmpty);
        TrainingData data = plain.WithWeights(new double[] { 0, 2.5, 0 });
        Assert.Equal([0, 2.5, 0], data.Weights.ToArray());
        Assert.Same(plain.Rows, data.Rows);
        Assert.Same(plain.Summary, data.Summary);
    }

    [Theory]
    [InlineData("There are 2 row weights for 3 rows", 1.0, 1.0)]
    [InlineData("There are 4 row weights for 3 rows", 1.0, 1.0, 1.0, 1.0)]
    [InlineData("Row weight 2 is -0.5", 1.0, -0.5, 1.0)]
    [InlineData("Row weight 3 is NaN", 1.0, 1.0, double.NaN)]
    [InlineData("sum to 0", 0.0, 0.0, 0.0)]
    [InlineData("must be positive and finite", 1e308, 1e308, 0.0)]
    public void WithWeights_ThatAreNone_Throws(string message, params double[] weights)
    {
        VectorDataException error = Assert.Throws<VectorDataException>(() => Data(3).WithWeights(weights));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sample_OfRowsWithWeights_TakesTheirWeights()
    {
        TrainingData data = Data(1000);
        TrainingData weighted = data.WithWeights((double[])[.. Enumerable.Range(0, 1000).Select(t => 1.0 + (2 * t))]);
        TrainingData sample = weighted.Sample(50, new Random(3), default);
        double[] rows = new double[50];
        ((IRandomAccessVectorSource)sample.Rows).Read(0, rows);
        Assert.Equal(rows.Select(row => 1 + (2 * row)), sample.Weights.ToArray());
        double[] plain = new double[50];
        ((IRandomAccessVectorSource)data.Sample(50, new Random(3), default).Rows).Read(0, plain);
        Assert.Equal(plain, rows);
        Assert.True(data.Sample(50, new Random(3), default).Weights.IsEmpty);
        Assert.Same(weighted, weighted.Sample(1000, new Random(3), default));
    }

    private static TrainingData Data(int count) => TrainingData.Of(
        VectorSource.From((ReadOnlyMemory<double>)(double[])[.. Enumerable.Range(0, count).Select(t => (double)t)], 1),
        ExecutionPlan.From(null), default);
}
