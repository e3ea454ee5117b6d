using Microsoft.ML;
using Microsoft.ML.Data;
using Xunit;

namespace GmmNative.ML.Tests;

/// <summary>The columns of a transformer: the numbers of the library, computed only where they are asked for.</summary>
public sealed class TransformerTests
{
    private static readonly string[] Added = ["PredictedLabel", "Score", "Posterior", "LogDensity"];

    private readonly MLContext _mlContext = new(seed: 1);
    private readonly Observation[] _observations = Samples.Observations();
    private readonly GaussianMixtureTransformer _transformer;
    private readonly IDataView _data;

    public TransformerTests()
    {
        _data = _mlContext.Data.LoadFromEnumerable(_observations);
        _transformer = _mlContext.Clustering.Trainers.GaussianMixture(numberOfComponents: 3, covariance: CovarianceKind.Full).Fit(_data);
    }

    [Fact]
    public void Transform_Rows_GiveTheNumbersOfTheLibrary() =>
        AssertLibrarys(_transformer.Model, _mlContext.Data.CreateEnumerable<Prediction>(_transformer.Transform(_data), false));

    [Theory]
    [InlineData("PredictedLabel")]
    [InlineData("Score")]
    [InlineData("Posterior")]
    [InlineData("LogDensity")]
    public void Transform_OneColumn_HasTheSameNumbersAsAll(string column)
    {
        IDataView scored = _transformer.Transform(_data);
        Prediction[] all = [.. _mlContext.Data.CreateEnumerable<Prediction>(scored, false)];
        switch (column)
        {
            case "PredictedLabel":
                Assert.Equal(all.Select(row => row.PredictedLabel), scored.GetColumn<uint>(column));
                break;
            case "LogDensity":
                Assert.Equal(all.Select(row => row.LogDensity), scored.GetColumn<float>(column));
                break;
            default:
                Assert.Equal(all.Select(row => column == "Score" ? row.Score : row.Posterior), scored.GetColumn<float[]>(column));
                break;
        }
    }

    [Fact]
    public void Transform_ColumnsOfTheInput_ReadNoFeatures()
    {
        CountingView counting = new(_data);
        IDataView scored = _transformer.Transform(counting);
        Assert.Equal(0, counting.Cursors);
        Assert.Equal(_observations.Select(row => row.Weight), scored.GetColumn<float>("Weight"));
        Assert.Equal("Weight", Assert.Single(counting.Columns));
        _ = scored.GetColumn<float>("LogDensity").Count();
        Assert.Equal(["Weight", "Features"], counting.Columns);
    }

    [Fact]
    public void Cursor_InactiveColumn_HasNoGetter()
    {
        IDataView scored = _transformer.Transform(_data);
        using DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema["LogDensity"]]);
        Assert.True(cursor.IsColumnActive(scored.Schema["LogDensity"]));
        Assert.All(
            (string[])["Weight", "PredictedLabel", "Score", "Posterior"], name => Assert.False(cursor.IsColumnActive(scored.Schema[name])));
        Assert.Equal(
            "Column 'Score' is not active. (Parameter 'column')",
            Assert.Throws<ArgumentException>(() => cursor.GetGetter<VBuffer<float>>(scored.Schema["Score"])).Message);
        Assert.Equal(
            "Column 'LogDensity' is Single, not System.Double.",
            Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<double>(scored.Schema["LogDensity"])).Message);
    }

    [Fact]
    public void CursorSet_OnSeveralThreads_GivesEachRowOnce()
    {
        IDataView scored = _transformer.Transform(_mlContext.Data.Cache(_data));
        float[] expected = [.. scored.GetColumn<float>("LogDensity")];
        DataViewRowCursor[] cursors = scored.GetRowCursorSet([scored.Schema["LogDensity"], scored.Schema["Score"]], 4);
        float[] actual = [.. cursors.AsParallel().WithDegreeOfParallelism(4).SelectMany(LogDensities)];
        Assert.Equal(expected.Order(), actual.Order());

        IEnumerable<float> LogDensities(DataViewRowCursor cursor)
        {
            using (cursor)
            {
                ValueGetter<float> get = cursor.GetGetter<float>(scored.Schema["LogDensity"]);
                float value = 0;
                while (cursor.MoveNext())
                {
                    get(ref value);
                    yield return value;
                }
            }
        }
    }

    [Fact]
    public void PredictionEngine_EachRow_GivesTheNumbersOfTheLibrary()
    {
        using PredictionEngine<Observation, Prediction> engine =
            _mlContext.Model.CreatePredictionEngine<Observation, Prediction>(_transformer);
        AssertLibrarys(_transformer.Model, _observations.Select(engine.Predict));
    }

    [Fact]
    public void PredictionEngines_OfOneTransformer_WorkOnManyThreads()
    {
        // As PredictionEnginePool does: one transformer, one engine per thread.
        using ThreadLocal<PredictionEngine<Observation, Prediction>> engines =
            new(() => _mlContext.Model.CreatePredictionEngine<Observation, Prediction>(_transformer));
        Prediction[] predictions = new Prediction[_observations.Length];
        Parallel.For(0, predictions.Length, t => predictions[t] = engines.Value!.Predict(_observations[t]));
        AssertLibrarys(_transformer.Model, predictions);
    }

    [Fact]
    public void Transform_Doubles_AreScoredInDouble()
    {
        // Near 1e8 neighboring numbers in single precision differ by 8.
        double[][] rows = [.. Samples.Rows(_observations).Select(row => row.Select(value => value + 1e8).ToArray())];
        GaussianMixture model = GaussianMixture.Fit(rows, 3);
        SchemaDefinition schema = SchemaDefinition.Create(typeof(DoubleObservation));
        IDataView data = _mlContext.Data.LoadFromEnumerable(rows.Select(row => new DoubleObservation { Features = row }), schema);
        GaussianMixtureTransformer transformer = new(model);
        double[] expected = model.LogDensities(rows);
        float[] actual = [.. transformer.Transform(data).GetColumn<float>("LogDensity")];
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-5 * Math.Max(1, Math.Abs(pair.First))));
    }

    [Fact]
    public void Transform_RowThatIsNotFinite_IsNamedOnlyWhenItIsScored()
    {
        Observation[] rows = Samples.Observations(20);
        rows[4].Features[0] = float.PositiveInfinity;
        IDataView scored = _transformer.Transform(_mlContext.Data.LoadFromEnumerable(rows));
        Assert.Equal(20, scored.GetColumn<float>("Weight").Count());
        foreach (string column in Added)
        {
            using DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema[column]]);
            string message = Assert.Throws<VectorDataException>(() => ReadAll(cursor, scored.Schema[column])).Message;
            Assert.Equal("column 'Features', row 5: Column 1 of the row is infinite: remove the row or replace the value.", message);
        }
    }

    [Fact]
    public void Transform_OtherNames_AddThem()
    {
        GaussianMixtureColumns columns = new() { PredictedLabel = "L", Score = "S", Posterior = "P", LogDensity = "Weight" };
        IDataView scored = new GaussianMixtureTransformer(_transformer.Model, "Features", columns).Transform(_data);

        // A new column hides an old one of its name, as everywhere in ML.NET.
        Assert.Equal(["Features", "Weight", "Label", "L", "S", "P", "Weight"], scored.Schema.Select(column => column.Name));
        Assert.Equal(_transformer.Transform(_data).GetColumn<float>("LogDensity"), scored.GetColumn<float>("Weight"));
    }

    /// <summary>Asserts that predictions are the numbers of the library, rounded to single precision.</summary>
    private void AssertLibrarys(GaussianMixture model, IEnumerable<Prediction> predictions)
    {
        double[][] rows = Samples.Rows(_observations);
        Prediction[] actual = [.. predictions];
        MixtureScorer scorer = model.CreateScorer();
        Assert.Equal(rows.Length, actual.Length);
        Assert.Equal(model.Labels(rows), actual.Select(row => (int)row.PredictedLabel - 1));
        double[] logPosterior = new double[model.ComponentCount];
        for (int t = 0; t < rows.Length; t++)
        {
            double logDensity = scorer.LogPosterior(rows[t], logPosterior);
            Assert.Equal((float)scorer.LogDensity(rows[t]), actual[t].LogDensity);

            // The smallest distance is that of the label. Single precision resolves 6e-8 of a number.
            Assert.Equal(actual[t].PredictedLabel - 1, (uint)Array.IndexOf(actual[t].Score, actual[t].Score.Min()));
            for (int k = 0; k < logPosterior.Length; k++)
            {
                double distance = -(logPosterior[k] + logDensity);
                Assert.Equal(distance, actual[t].Score[k], 1.2e-7 * Math.Abs(distance));
                Assert.Equal(Math.Exp(logPosterior[k]), actual[t].Posterior[k], 1e-5 * Math.Exp(logPosterior[k]));
            }
        }
    }

    private static void ReadAll(DataViewRowCursor cursor, DataViewSchema.Column column)
    {
        uint label = 0;
        float number = 0;
        VBuffer<float> numbers = default;
        Action read = column.Type switch
        {
            KeyDataViewType => Getter<uint>(value => value(ref label)),
            NumberDataViewType => Getter<float>(value => value(ref number)),
            _ => Getter<VBuffer<float>>(value => value(ref numbers)),
        };
        while (cursor.MoveNext())
        {
            read();
        }

        Action Getter<T>(Action<ValueGetter<T>> use)
        {
            ValueGetter<T> getter = cursor.GetGetter<T>(column);
            return () => use(getter);
        }
    }

    /// <summary>A row of double precision.</summary>
    public sealed class DoubleObservation
    {
        [VectorType(Samples.Dimension)]
        public double[] Features { get; set; } = [];
    }
}
