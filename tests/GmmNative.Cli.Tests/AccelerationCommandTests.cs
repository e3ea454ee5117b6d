using System.Text.Json;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Cli.Tests;

/// <summary><c>gmm train --accelerate</c>.</summary>
[Trait("Lane", "Slow")]
public sealed class AccelerationCommandTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Page_Acceleration_HasFewerPassesThanPlainEm()
    {
        Directory.CreateDirectory(_folder["samples/data"]);
        File.Copy(TestData.Faithful, _folder["samples/data/faithful.csv"]);
        string[] page = File.ReadAllLines(Path.Combine(TestSupport.TestData.Root, "docs", "training.md"));
        string line = Assert.Single(page, text => text.StartsWith("gmm train ", StringComparison.Ordinal)
            && text.Contains("--accelerate momentum", StringComparison.Ordinal));

        // The limit is higher than that of the page, so that plain EM converges too.
        string[] arguments = [.. line.Split(' ')[1..], "--iterations", "1000", "-q"];
        using JsonDocument accelerated = Train(arguments);
        using JsonDocument plain = Train([.. arguments.Select(text => text == "momentum" ? "none" : text)]);
        Assert.Equal("momentum", accelerated.RootElement.GetProperty("acceleration").GetString());
        Assert.Equal("none", plain.RootElement.GetProperty("acceleration").GetString());
        foreach (JsonElement report in (JsonElement[])[accelerated.RootElement, plain.RootElement])
        {
            Assert.Equal("converged", report.GetProperty("stopReason").GetString());
            Assert.Equal(report.GetProperty("iterations").GetInt32(), report.GetProperty("history").GetArrayLength());
        }

        Assert.InRange(
            accelerated.RootElement.GetProperty("iterations").GetInt32(), 1, plain.RootElement.GetProperty("iterations").GetInt32() - 1);
        double[] accepted = [.. Accepted(accelerated.RootElement)];
        Assert.All(accepted.Zip(accepted.Skip(1)), pair => Assert.True(pair.Second >= pair.First - 1e-12));
        Assert.True(Average(accelerated.RootElement) >= Average(plain.RootElement) - 1e-6);
    }

    [Theory]
    [InlineData("--relevance 16 --ubm ubm.npz", "relevance")]
    [InlineData("-k 2 --variational process", "variational")]
    [InlineData("-k 2 --shrinkage 0.1", "shrinkage")]
    [InlineData("-k 2 --max-condition 100", "condition")]
    [InlineData("-k 2 --covariance full --variance-floor-on diagonal", "diagonal")]
    [InlineData("-k 2 --regularization 0.1", "regularization")]
    public void Train_MomentumWithAnObstacle_IsOneLine(string options, string named)
    {
        File.Copy(TestData.Faithful, _folder["data.csv"]);
        GmmProcessResult made = GmmProcess.Run(
            ["train", "data.csv", "-k", "2", "-o", "ubm.npz", "-q"], workingDirectory: _folder.Root);
        Assert.Equal(0, made.ExitCode);
        Failing.Check(
            _folder, 2, ["train", "data.csv", .. options.Split(' '), "--accelerate", "momentum", "-o", "model.npz"], ["momentum", named]);
        using JsonDocument auto = Train(
            ["train", "data.csv", .. options.Split(' '), "--accelerate", "auto", "-o", "model.npz", "--report", "report.json", "-q"]);
        Assert.Equal("none", auto.RootElement.GetProperty("acceleration").GetString());
        Assert.StartsWith("not used with", auto.RootElement.GetProperty("accelerationReason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait(SelfContainedLibraries.Requires, "Linux")]
    public void Train_Signal_KeepsTheUpdateOfTheLastAcceptedPass()
    {
        using GmmProcess process = GmmProcess.Start([
            "train", TestData.Speech, "-k", "64", "--init", "random", "--iterations", "1000000", "--tolerance", "0", "--threads", "1", "-v",
            "--accelerate", "momentum", "-o", _folder["model.npz"], "--report", _folder["report.json"]]);
        process.WaitForError("rejected");
        process.Signal("INT");
        GmmProcessResult result = process.WaitForExit();
        Assert.Equal(130, result.ExitCode);
        using JsonDocument report = JsonDocument.Parse(File.ReadAllBytes(_folder["report.json"]));
        Assert.Equal("momentum", report.RootElement.GetProperty("acceleration").GetString());
        double last = Accepted(report.RootElement).Last();
        Assert.Equal(last, Average(report.RootElement));
        GmmProcessResult score = GmmProcess.Run(
            "score", _folder["model.npz"], TestData.Speech, "-o", _folder["scores.npy"], "--criteria",
            "--report", _folder["scores.json"], "-q");
        Assert.Equal(0, score.ExitCode);
        using JsonDocument scores = JsonDocument.Parse(File.ReadAllBytes(_folder["scores.json"]));
        Assert.True(Average(scores.RootElement) >= last);
    }

    private static IEnumerable<double> Accepted(JsonElement report) => report.GetProperty("history").EnumerateArray()
        .Where(pass => !pass.TryGetProperty("rejected", out _))
        .Select(Average);

    private static double Average(JsonElement element) => element.GetProperty("averageLogLikelihood").GetDouble();

    private JsonDocument Train(string[] arguments)
    {
        GmmProcessResult result = GmmProcess.Run(arguments, workingDirectory: _folder.Root);
        Assert.True(result.ExitCode == 0, result.StandardError);
        return JsonDocument.Parse(File.ReadAllBytes(_folder["report.json"]));
    }
}
