using System.Text.Json;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Cli.Tests;

/// <summary>convert, info and backends.</summary>
public sealed class ModelFileCommandTests
{
    [Fact]
    public void Convert_ThroughAllFormats_KeepsEveryBit()
    {
        using TestFolder folder = new();
        ModelFile.Save(TestData.FullModel, folder["start.json"]);
        string[][] steps =
        [
            // Both .npz files come from the program: a zip archive contains the system that created it.
            ["convert", folder["start.json"], folder["a.npz"]],
            ["convert", folder["a.npz"], folder["b.json"]],
            ["convert", folder["b.json"], folder["c.gmm"]],
            ["convert", folder["c.gmm"], folder["d.npz"], "--dimension", "2", "-k", "2"],
        ];
        foreach (string[] step in steps)
        {
            GmmProcessResult result = GmmProcess.Run(step);
            Assert.Equal(0, result.ExitCode);
            Assert.Empty(result.ErrorLines);
            Assert.Empty(result.OutputText);
        }

        Assert.Equal(File.ReadAllBytes(folder["a.npz"]), File.ReadAllBytes(folder["d.npz"]));
    }

    [Fact]
    public void Convert_AModelLargerThanTheMemory_SaysSoBeforeItReadsIt()
    {
        // The limit is .NET's own for its heap; the model takes 2 x 50 MB, its text 13.
        const int dimension = 2500;
        using TestFolder folder = new();
        using (StreamWriter text = new(folder["model.json"]))
        {
            string zeros = string.Concat(Enumerable.Repeat("0,", dimension - 1)) + "0";
            text.Write($"{{\"weights\":[1],\"means\":[[{zeros}]],\"covariances\":[[");
            for (int i = 0; i < dimension; i++)
            {
                string row = zeros[..(2 * i)] + "1" + zeros[((2 * i) + 1)..];
                text.Write(i == 0 ? $"[{row}]" : $",[{row}]");
            }

            text.Write("]]}");
        }

        GmmProcessResult result = GmmProcess.Run(
            ["convert", folder["model.json"], folder["model.npz"]],
            environment: new Dictionary<string, string?> { ["DOTNET_GCHeapHardLimit"] = "0x4000000" });
        string line = Assert.Single(result.ErrorLines);
        Assert.Contains(
            "model.json: a model of dimension 2500 with K = 1 needs 0.10 GB of memory, but only 0.07 GB are available", line,
            StringComparison.Ordinal);
        Assert.Equal(1, result.ExitCode);
        Assert.False(File.Exists(folder["model.npz"]));
    }

    [Fact]
    public void Train_TextOfMoreRowsThanTheMemoryHolds_IsOneLine()
    {
        // 20 MB of text, 80 MB of numbers, and a limit of 64 MB.
        using TestFolder folder = new();
        File.WriteAllText(folder["data.csv"], string.Concat(Enumerable.Repeat("1\n", 10_000_000)));
        GmmProcessResult result = GmmProcess.Run(
            ["train", folder["data.csv"], "-k", "1", "-o", folder["model.npz"]],
            environment: new Dictionary<string, string?> { ["DOTNET_GCHeapHardLimit"] = "0x4000000" });
        string line = Assert.Single(result.ErrorLines);
        Assert.Contains("data.csv: ", line, StringComparison.Ordinal);
        Assert.Contains("memory", line, StringComparison.Ordinal);
        Assert.Equal(1, result.ExitCode);
    }

    [Fact]
    public void Info_OfAModel_TellsItsSizesWithoutColours()
    {
        using TestFolder folder = new();
        ModelFile.Save(TestData.FullModel, folder["model.npz"]);
        GmmProcessResult result = GmmProcess.Run("info", folder["model.npz"]);
        Assert.Equal(0, result.ExitCode);
        Assert.Empty(result.ErrorLines);
        Assert.Contains("full", result.OutputText, StringComparison.Ordinal);
        Assert.Contains("components (K)", result.OutputText, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', result.OutputText);
    }

    [Fact]
    public void Info_AsJson_TellsEveryComponent()
    {
        using TestFolder folder = new();
        ModelFile.Save(TestData.FullModel, folder["model.npz"]);
        GmmProcessResult result = GmmProcess.Run("info", folder["model.npz"], "--json");
        using JsonDocument document = JsonDocument.Parse(result.OutputText);
        JsonElement root = document.RootElement;
        Assert.Equal(2, root.GetProperty("components").GetInt32());
        Assert.Equal(2, root.GetProperty("dimension").GetInt32());
        Assert.Equal("full", root.GetProperty("covariance").GetString());
        Assert.Equal(new FileInfo(folder["model.npz"]).Length, root.GetProperty("bytes").GetInt64());
        JsonElement second = root.GetProperty("mixture")[1];
        Assert.Equal(0.5, second.GetProperty("weight").GetDouble());
        Assert.Equal(20, second.GetProperty("mean")[1].GetDouble());
        Assert.Equal(2, second.GetProperty("standardDeviation")[0].GetDouble());

        // The determinant of [4 -1; -1 3] is 11.
        Assert.Equal(Math.Log(11), second.GetProperty("logDeterminant").GetDouble(), 1e-14);
    }

    [Fact]
    public void Backends_AsJson_HasTheFieldsOfItsContract()
    {
        GmmProcessResult result = GmmProcess.Run("backends", "--json");
        Assert.Equal(0, result.ExitCode);
        using JsonDocument document = JsonDocument.Parse(result.OutputText);
        string chosen = document.RootElement.GetProperty("chosen").GetString()!;
        var backends = BackendList.Of(result.OutputText);
        Assert.Equal(["managed", "mkl", "openblas"], backends.Select(b => b.Name).Order(StringComparer.Ordinal));
        Assert.True(Assert.Single(backends, b => b.Name == "managed").Available);
        Assert.True(Assert.Single(backends, b => b.Name == chosen).Available);
        Assert.All(backends, b => Assert.NotEmpty(b.Reason));
        Assert.All(backends.Where(b => !b.Available), b => Assert.Null(b.Library));
        Assert.All(backends.Where(b => b.Available), b => Assert.NotNull(b.Version));
    }

    [Fact]
    public void Backends_ForPeople_TellsWhatWasTriedAndWhatAutoPicks()
    {
        GmmProcessResult result = GmmProcess.Run(
            ["backends"], environment: new Dictionary<string, string?> { ["GMMNATIVE_BLAS_PATH"] = "no-such-library-anywhere" });
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("auto picks", result.OutputText, StringComparison.Ordinal);
        Assert.Contains("no-such-library-anywhere", result.OutputText, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', result.OutputText);
    }
}
