using Microsoft.ML;
using Microsoft.ML.Data;
using Xunit;

namespace GmmNative.ML.Tests;

/// <summary>The training: the model of the library, from all forms of columns.</summary>
public sealed class EstimatorTests
{
    private readonly MLContext _mlContext = new(seed: 1);
    private readonly Observation[] _observations = Samples.Observations();

    [Theory]
    [InlineData(CovarianceKind.Diagonal, 1024)]
    [InlineData(CovarianceKind.Full, 1024)]
    [InlineData(CovarianceKind.Full, 0)]
    [InlineData(CovarianceKind.Tied, 1024)]
    [InlineData(CovarianceKind.Spherical, 0)]
    public void Fit_Vectors_GivesTheBitsOfTheLibrary(CovarianceKind kind, int cacheMegabytes)
    {
        GmmOptions training = new() { Covariance = new() { Kind = kind }, Start = new() { Seed = 5 } };
        GaussianMixtureTransformer transformer = _mlContext.Clustering.Trainers
            .GaussianMixture(new() { NumberOfComponents = 3, Training = training, CacheMemoryBudgetMb = cacheMegabytes })
            .Fit(_mlContext.Data.LoadFromEnumerable(_observations));
        GaussianMixture expected = GaussianMixture.Fit(Samples.Rows(_observations), 3, training);
        AssertSame(expected, transformer.Model);
        Assert.Same(transformer.Model, transformer.FitResult!.Model);
        Assert.Equal(_observations.Length, transformer.FitResult.RowCount);
    }

    [Theory]
    [InlineData(1024)]
    [InlineData(0)]
    public void Fit_Doubles_AreNotRounded(int cacheMegabytes)
    {
        var rows = Samples.Rows(_observations).Select(row => new { Features = row.Select(value => value + 1e-9).ToArray() }).ToArray();
        SchemaDefinition schema = SchemaDefinition.Create(rows[0].GetType());
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Double, Samples.Dimension);
        GaussianMixtureTransformer transformer = new GaussianMixtureEstimator(
            new() { NumberOfComponents = 2, CacheMemoryBudgetMb = cacheMegabytes }).Fit(_mlContext.Data.LoadFromEnumerable(rows, schema));
        AssertSame(GaussianMixture.Fit(rows.Select(row => row.Features), 2), transformer.Model);
    }

    [Theory]
    [InlineData(1024)]
    [InlineData(0)]
    public void Fit_Weights_CountAsRepeatedRows(int cacheMegabytes)
    {
        GaussianMixtureEstimatorOptions options = new()
        {
            NumberOfComponents = 3,
            ExampleWeightColumnName = "Weight",
            CacheMemoryBudgetMb = cacheMegabytes,
        };
        GaussianMixtureTransformer transformer =
            new GaussianMixtureEstimator(options).Fit(_mlContext.Data.LoadFromEnumerable(_observations));
        double[] weights = [.. _observations.Select(observation => (double)observation.Weight)];
        AssertSame(
            new GaussianMixtureTrainer(3).Fit(Samples.Rows(_observations), rowWeights: weights).Model, transformer.Model);
        Assert.NotEqual(GaussianMixture.Fit(Samples.Rows(_observations), 3).Means.ToArray(), transformer.Model.Means.ToArray());
    }

    [Theory]
    [InlineData(1024)]
    [InlineData(0)]
    public void Fit_SparseVectors_AreTheSameAsDenseVectors(int cacheMegabytes)
    {
        var words = Enumerable.Range(0, 60).Select(i => new { Word = $"w{i % 4}", Size = (float)(i % 7) }).ToArray();
        IDataView data = _mlContext.Data.LoadFromEnumerable(words);
        IDataView sparse = _mlContext.Transforms.Categorical.OneHotEncoding("Word")
            .Append(_mlContext.Transforms.Concatenate("Features", "Word", "Size")).Fit(data).Transform(data);
        Assert.Contains(sparse.GetColumn<VBuffer<float>>("Features"), row => !row.IsDense);
        double[][] rows = [.. sparse.GetColumn<float[]>("Features").Select(row => Array.ConvertAll(row, value => (double)value))];
        GaussianMixtureTransformer transformer = new GaussianMixtureEstimator(
            new() { NumberOfComponents = 2, CacheMemoryBudgetMb = cacheMegabytes }).Fit(sparse);
        AssertSame(GaussianMixture.Fit(rows, 2), transformer.Model);
        Assert.Equal(["Word.w0", "Word.w1", "Word.w2", "Word.w3", "Size"], transformer.Model.Columns);
    }

    [Fact]
    public void Fit_RowsLargerThanTheBudget_AreReadAgainInEachPass()
    {
        // 600 rows of 8 bytes fit in no budget of 0 MB; 200,000 rows of 8 bytes do not fit in 1 MB, and their number is not known.
        IEnumerable<Observation> many = Enumerable.Repeat(_observations, 334).SelectMany(rows => rows);
        GaussianMixtureEstimatorOptions options = new()
        {
            NumberOfComponents = 3,
            CacheMemoryBudgetMb = 1,
            Training = new() { Stopping = new() { Iterations = 3 } },
        };
        CountingView small = new(_mlContext.Data.LoadFromEnumerable(many.Take(1000)));
        CountingView large = new(_mlContext.Data.LoadFromEnumerable(many));
        new GaussianMixtureEstimator(options).Fit(small);
        new GaussianMixtureEstimator(options).Fit(large);
        Assert.Equal(1, small.Cursors);
        Assert.True(large.Cursors > 4, $"{large.Cursors} cursors");
        Assert.All(large.Columns.Concat(small.Columns), names => Assert.Equal("Features", names));
    }

    private static void AssertSame(GaussianMixture expected, GaussianMixture actual)
    {
        Assert.Equal(expected.Weights.ToArray(), actual.Weights.ToArray());
        Assert.Equal(expected.Means.ToArray(), actual.Means.ToArray());
        Assert.Equal(expected.Covariances.ToArray(), actual.Covariances.ToArray());
    }
}
