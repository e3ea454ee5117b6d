using System.Globalization;
using System.IO.Compression;
using GmmNative.TestSupport;
using Microsoft.ML;
using Microsoft.ML.Data;
using Xunit;

namespace GmmNative.ML.Tests;

/// <summary>Models saved by ML.NET: the same numbers in a new context and in another process.</summary>
public sealed class SavedModelTests : IDisposable
{
    /// <summary>Loads a pipeline and writes labels and log-densities. It does not mention this library.</summary>
    private const string Loader = """
        using Microsoft.ML;
        using Microsoft.ML.Data;

        MLContext mlContext = new();
        ITransformer pipeline = mlContext.Model.Load(args[0], out DataViewSchema schema);
        IDataView data = mlContext.Data.LoadFromTextFile(
            args[1], [new("Eruptions", DataKind.Single, 0), new("Waiting", DataKind.Single, 1)], separatorChar: ',', hasHeader: true);
        IDataView scored = pipeline.Transform(data);
        foreach ((uint label, float density) in scored.GetColumn<uint>("PredictedLabel").Zip(scored.GetColumn<float>("LogDensity")))
        {
            Console.WriteLine(FormattableString.Invariant($"{label} {density:R}"));
        }
        """;

    private readonly MLContext _mlContext = new(seed: 1);
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(CovarianceKind.Diagonal)]
    [InlineData(CovarianceKind.Full)]
    [InlineData(CovarianceKind.Spherical)]
    [InlineData(CovarianceKind.Tied)]
    [InlineData(CovarianceKind.TiedDiagonal)]
    [InlineData(CovarianceKind.TiedSpherical)]
    public void Load_InANewContext_GivesTheSameModel(CovarianceKind kind)
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(Samples.Observations());
        GaussianMixtureEstimatorOptions options = new()
        {
            NumberOfComponents = 3,
            Training = new() { Covariance = new() { Kind = kind } },
            Columns = new() { PredictedLabel = "L", Score = "S", Posterior = "P", LogDensity = "D" },
        };
        GaussianMixtureTransformer saved = new GaussianMixtureEstimator(options).Fit(data);
        string file = _folder["mixture.zip"];
        _mlContext.Model.Save(saved, data.Schema, file);
        GaussianMixtureTransformer loaded = Assert.IsType<GaussianMixtureTransformer>(
            new MLContext().Model.Load(file, out DataViewSchema schema));
        Assert.Equal(data.Schema.Select(column => column.Name), schema.Select(column => column.Name));
        Assert.Equal(saved.Columns, loaded.Columns);
        Assert.Equal("Features", loaded.FeatureColumnName);
        Assert.Equal(saved.Model.Structure, loaded.Model.Structure);
        Assert.Equal(saved.Model.Weights.ToArray(), loaded.Model.Weights.ToArray());
        Assert.Equal(saved.Model.Means.ToArray(), loaded.Model.Means.ToArray());
        Assert.Equal(saved.Model.Covariances.ToArray(), loaded.Model.Covariances.ToArray());
        Assert.Null(loaded.FitResult);
        Assert.Equal(saved.Transform(data).GetColumn<float>("D"), loaded.Transform(data).GetColumn<float>("D"));
    }

    [Fact]
    public void Load_VariationalModel_KeepsItsPosterior()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(Samples.Observations());
        GaussianMixtureTransformer saved = new GaussianMixtureEstimator(
            new() { NumberOfComponents = 4, Training = new() { Prior = new() { Variational = new() } } }).Fit(data);
        string file = _folder["mixture.zip"];
        _mlContext.Model.Save(saved, data.Schema, file);
        ITransformer loaded = new MLContext().Model.Load(file, out _);
        Assert.Equal(saved.Transform(data).GetColumn<float>("LogDensity"), loaded.Transform(data).GetColumn<float>("LogDensity"));
        Assert.NotNull(Assert.IsType<GaussianMixtureTransformer>(loaded).Model.Variational);
    }

    [Fact]
    public void Load_PipelineInAnotherProcess_GivesTheNumbersOfTheLibrary()
    {
        IDataView data = Samples.LoadFaithful(_mlContext);
        EstimatorChain<GaussianMixtureTransformer> pipeline = _mlContext.Transforms.Concatenate("Features", "Eruptions", "Waiting")
            .Append(_mlContext.Transforms.NormalizeMeanVariance("Features"))
            .Append(_mlContext.Clustering.Trainers.GaussianMixture(numberOfComponents: 2, covariance: CovarianceKind.Full));
        TransformerChain<GaussianMixtureTransformer> fitted = pipeline.Fit(data);
        string file = _folder["pipeline.zip"];
        _mlContext.Model.Save(fitted, data.Schema, file);

        string[] lines = ChildProgram.Run(ChildProgram.Compile(Loader, _folder.Root), _folder.Root, file, Samples.Faithful);

        double[][] rows = [.. fitted.Transform(data).GetColumn<float[]>("Features").Select(row => Array.ConvertAll(row, x => (double)x))];
        GaussianMixture model = fitted.LastTransformer.Model;
        Assert.Equal(272, rows.Length);
        Assert.Equal(
            model.Labels(rows).Zip(model.LogDensities(rows), (label, density) => (label, (float)density)),
            lines.Select(line => line.Split(' ')).Select(
                words => (int.Parse(words[0], CultureInfo.InvariantCulture) - 1, float.Parse(words[1], CultureInfo.InvariantCulture))));
    }

    [Fact]
    public void Load_DamagedModel_IsAnError()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(Samples.Observations(50));
        string file = _folder["mixture.zip"];
        _mlContext.Model.Save(_mlContext.Clustering.Trainers.GaussianMixture(numberOfComponents: 2).Fit(data), data.Schema, file);
        using (ZipArchive zip = ZipFile.Open(file, ZipArchiveMode.Update))
        {
            using Stream stream = zip.Entries.Single(entry => entry.Length > 1000).Open();
            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            int header = bytes.AsSpan().IndexOf("PK\x03\x04"u8);
            bytes.AsSpan(header + 60, 40).Clear();
            stream.Position = 0;
            stream.Write(bytes);
        }

        Exception exception = Assert.ThrowsAny<Exception>(() => new MLContext().Model.Load(file, out _));
        Assert.Contains(Chain(exception), inner => inner is ModelFileException);

        static IEnumerable<Exception> Chain(Exception? e)
        {
            for (; e is not null; e = e.InnerException)
            {
                yield return e;
            }
        }
    }
}
