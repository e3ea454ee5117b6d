using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;
using Xunit;

namespace GmmNative.ML.Tests;

/// <summary>Columns that do not fit, and options out of range: one clear line, from data and from pipelines without data.</summary>
public sealed class SchemaTests
{
    private readonly MLContext _mlContext = new(seed: 1);
    private readonly IDataView _data;

    public SchemaTests() => _data = new MLContext().Data.LoadFromEnumerable(Samples.Observations(20));

    [Theory]
    [InlineData("Nothing", null, "There is no column 'Nothing'. The columns are: Features, Weight, Label. Set the column name,")]
    [InlineData("Features", "Nothing", "There is no column 'Nothing'. The columns are: Features, Weight, Label. Set the column name,")]
    [InlineData("Weight", null, "Column 'Weight' is Single, but a mixture needs a vector of Single or Double. Convert the column,")]
    [InlineData("Label", null, "Column 'Label' is Key<UInt32")]
    [InlineData("Features", "Label", "Column 'Label' is Key<UInt32")]
    [InlineData("Features", "Features", "Column 'Features' is Vector<Single")]
    public void Fit_WrongColumn_IsNamed(string features, string? weight, string message)
    {
        GaussianMixtureEstimator estimator = _mlContext.Clustering.Trainers.GaussianMixture(features, weight);
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => estimator.Fit(_data)).Message, StringComparison.Ordinal);

        // A pipeline checks the shapes of all columns before it fits its first estimator.
        EstimatorChain<GaussianMixtureTransformer> pipeline = _mlContext.Transforms.CopyColumns("Other", "Label").Append(estimator);
        string text = Assert.Throws<ArgumentException>(() => pipeline.GetOutputSchema(ShapeOf(_data))).Message;
        Assert.Equal(text, Assert.Throws<ArgumentException>(() => pipeline.Fit(_data)).Message);
        Assert.StartsWith(message.Replace("Label.", "Label, Other.", StringComparison.Ordinal), text, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', text);
    }

    [Fact]
    public void Fit_VectorsOfUnknownSize_SayHowToSetIt()
    {
        var rows = new[] { new { Features = new float[] { 1, 2 } }, new { Features = new float[] { 3, 4 } } };
        IDataView data = _mlContext.Data.LoadFromEnumerable(rows);
        GaussianMixtureEstimator estimator = _mlContext.Clustering.Trainers.GaussianMixture();
        foreach (Action action in (Action[])[() => estimator.Fit(data), () => estimator.GetOutputSchema(ShapeOf(data))])
        {
            Assert.StartsWith(
                "Column 'Features' has vectors of unknown size, but a mixture needs a known one. Set [VectorType(D)]",
                Assert.Throws<ArgumentException>(action).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(1024)]
    [InlineData(0)]
    public void Fit_RowThatIsNotFinite_IsNamed(int cacheMegabytes)
    {
        Observation[] rows = Samples.Observations(20);
        rows[6].Features[1] = float.NaN;
        GaussianMixtureEstimator estimator = new(new() { NumberOfComponents = 2, CacheMemoryBudgetMb = cacheMegabytes });
        Assert.Equal(
            "column 'Features', row 7, column 2 is not a number (NaN): remove the row or replace the value.",
            Assert.Throws<VectorDataException>(() => estimator.Fit(_mlContext.Data.LoadFromEnumerable(rows))).Message);
    }

    [Theory]
    [InlineData(1024)]
    [InlineData(0)]
    public void Fit_NoRows_IsAnError(int cacheMegabytes)
    {
        GaussianMixtureEstimator estimator = new(new() { NumberOfComponents = 2, CacheMemoryBudgetMb = cacheMegabytes });
        IDataView none = _mlContext.Data.LoadFromEnumerable(Array.Empty<Observation>());
        Assert.Contains("no rows", Assert.Throws<VectorDataException>(() => estimator.Fit(none)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_OutOfRange_AreNamed()
    {
        Assert.Equal("The number of components must be at least 1, but is 0.", MessageOf(new() { NumberOfComponents = 0 }));
        Assert.Equal("The cache budget must be at least 0 MB, but is -1.", MessageOf(new() { CacheMemoryBudgetMb = -1 }));
        Assert.Equal("The name of the feature column is empty. Set FeatureColumnName.", MessageOf(new() { FeatureColumnName = "" }));
        Assert.Equal(
            "The output columns need distinct names, but they are: 'PredictedLabel', 'Score', 'Score', 'LogDensity'.",
            MessageOf(new() { Columns = new() { Posterior = "Score" } }));

        static string MessageOf(GaussianMixtureEstimatorOptions options) =>
            Assert.Throws<ArgumentException>(() => new GaussianMixtureEstimator(options)).Message;
    }

    [Fact]
    public void Transform_OtherDimension_NamesBoth()
    {
        GaussianMixture model = GaussianMixture.Fit((double[][])[[1, 2, 3], [2, 3, 5], [4, 4, 1]], 1);
        Assert.Equal(
            "Column 'Features' has vectors of 2 numbers, but the model has dimension 3. Use the features that the model was trained on.",
            Assert.Throws<ArgumentException>(() => new GaussianMixtureTransformer(model).Transform(_data)).Message);
    }

    [Fact]
    public void GetOutputSchema_OfShapeAndOfData_Agree()
    {
        GaussianMixtureEstimator estimator = _mlContext.Clustering.Trainers.GaussianMixture(numberOfComponents: 3);
        DataViewSchema schema = estimator.Fit(_data).GetOutputSchema(_data.Schema);
        SchemaShape shape = estimator.GetOutputSchema(ShapeOf(_data));
        Assert.Equal(schema.Select(column => column.Name), shape.Select(column => column.Name));
        Assert.Equal(new KeyDataViewType(typeof(uint), 3), schema["PredictedLabel"].Type);
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 3), schema["Score"].Type);
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 3), schema["Posterior"].Type);
        Assert.Equal(NumberDataViewType.Single, schema["LogDensity"].Type);
        Assert.True(shape.Single(column => column.Name == "PredictedLabel").IsKey);
    }

    /// <summary>Returns the shape that a pipeline makes of the schema of its data.</summary>
    private static SchemaShape ShapeOf(IDataView data) => (SchemaShape)typeof(SchemaShape)
        .GetMethod("Create", BindingFlags.Static | BindingFlags.NonPublic)!.Invoke(null, [data.Schema])!;
}
