using GmmNative.TestSupport;
using GmmNative.TestSupport.Layering;
using Microsoft.ML.OnnxRuntime;
using Xunit;

namespace GmmNative.Onnx.Tests;

/// <summary>The file: its metadata, types and shapes, and the ways to write it.</summary>
public sealed class FileTests : IDisposable
{
    private static readonly string[] Names = ["a", "b \"quoted\"", "c", "d"];

    private readonly TestFolder _folder = new();
    private readonly GaussianMixture _model = Mixtures.Train(Mixtures.Rows(), CovarianceKind.Full, [2, 2]).WithColumns(Names);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Precision.Double, typeof(double))]
    [InlineData(Precision.Single, typeof(float))]
    public void Metadata_OfAFile_DescribesTheModel(Precision precision, Type type)
    {
        using InferenceSession session = new(OnnxFile.Save(_model, precision));
        ModelMetadata metadata = session.ModelMetadata;
        Assert.Equal("GmmNative", metadata.ProducerName);
        Assert.Equal("gaussian_mixture", metadata.GraphName);
        Assert.StartsWith("Gaussian mixture: ", metadata.Description, StringComparison.Ordinal);
        Assert.Equal("full", metadata.CustomMetadataMap["covariance_type"]);
        Assert.Equal("2,2", metadata.CustomMetadataMap["block_size"]);
        Assert.Equal("3", metadata.CustomMetadataMap["components"]);
        Assert.Equal("4", metadata.CustomMetadataMap["dimension"]);
        Assert.Equal(Names, System.Text.Json.JsonSerializer.Deserialize<string[]>(metadata.CustomMetadataMap["columns"]));

        NodeMetadata rows = session.InputMetadata["rows"];
        Assert.Equal(type, rows.ElementType);
        Assert.Equal([-1, 4], rows.Dimensions);
        Assert.Equal("T", rows.SymbolicDimensions[0]);
        Assert.Equal(["label", "posterior", "log_density"], session.OutputNames);
        Assert.Equal(typeof(long), session.OutputMetadata["label"].ElementType);
        Assert.Equal([-1], session.OutputMetadata["label"].Dimensions);
        Assert.Equal([-1, 3], session.OutputMetadata["posterior"].Dimensions);
        Assert.Equal(type, session.OutputMetadata["log_density"].ElementType);
        Assert.Equal([-1], session.OutputMetadata["log_density"].Dimensions);
    }

    [Fact]
    public void Save_PathStreamAndBytes_AreTheSame()
    {
        byte[] bytes = OnnxFile.Save(_model, Precision.Single);
        OnnxFile.Save(_model, _folder["model.onnx"], Precision.Single);
        using MemoryStream stream = new();
        OnnxFile.Save(_model, stream, Precision.Single);
        Assert.Equal(bytes, File.ReadAllBytes(_folder["model.onnx"]));
        Assert.Equal(bytes, stream.ToArray());
        Assert.True(bytes.Length < OnnxFile.Save(_model).Length);
    }

    [Fact]
    public void Sources_KeepTheRules()
    {
        SourceProject project = new("GmmNative.Onnx");
        Assert.Empty(project.SharedNames());
        Assert.Empty(project.WrongNamespaces());
        Assert.Empty(project.TooLarge());
        Assert.Empty(new FolderGraph(typeof(OnnxFile).Assembly, project.FoldersByType()).Cycles());
    }
}
