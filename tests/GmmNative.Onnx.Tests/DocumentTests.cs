using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Onnx.Tests;

/// <summary>The page about ONNX: its program, and its command lines.</summary>
public sealed class DocumentTests
{
    [Fact]
    public void Page_ItsProgram_WritesWhatThePageSays() => DocumentRun.AssertOutput("onnx.md");

    [Fact]
    public void Page_ItsCommands_WriteModels()
    {
        using TestFolder folder = new();
        string data = Path.Combine(TestData.Root, "samples", "data", "faithful.csv");
        foreach (string line in new DocumentPage("onnx.md").Blocks(string.Empty).Single().Split('\n'))
        {
            string[] words = line.Replace("samples/data/faithful.csv", data, StringComparison.Ordinal).Split(' ');
            Assert.Equal("gmm", words[0]);
            GmmProcessResult result = GmmProcess.Run(words[1..], workingDirectory: folder.Root);
            Assert.True(result.ExitCode == 0, result.StandardError);
        }

        GaussianMixture model = ModelFile.Load(folder["model.npz"]);
        Assert.Equal(OnnxFile.Save(model), File.ReadAllBytes(folder["model.onnx"]));
        Assert.Equal(OnnxFile.Save(model, Precision.Single), File.ReadAllBytes(folder["single.onnx"]));
    }

    [Theory]
    [InlineData("export needs -o FILE.onnx")]
    [InlineData("-o model.npy: the extension must be .onnx", "-o", "model.npy")]
    [InlineData("'half'", "-o", "model.onnx", "--precision", "half")]
    public void Export_WrongUsage_IsOneLine(string message, params string[] arguments)
    {
        using TestFolder folder = new();
        ModelFile.Save(Mixtures.Train(Mixtures.Rows(), CovarianceKind.Diagonal), folder["model.npz"]);
        GmmProcessResult result = GmmProcess.Run(["export", "model.npz", .. arguments], workingDirectory: folder.Root);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, result.StandardError, StringComparison.Ordinal);
        Assert.Single(result.StandardError.Trim().Split('\n'));
        Assert.Equal("model.npz", Path.GetFileName(Assert.Single(Directory.EnumerateFiles(folder.Root))));
    }
}
