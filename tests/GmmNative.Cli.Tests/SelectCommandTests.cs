using System.Text.Json;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Cli.Tests;

/// <summary><c>gmm select</c>, and the criteria of <c>score</c>, <c>info</c> and model files.</summary>
[Trait("Lane", "Slow")]
public sealed class SelectCommandTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("best.npz")]
    [InlineData("best.json")]
    public void Select_OldFaithful_WritesTableReportAndModel(string model)
    {
        GmmProcessResult result = Run(
            "select", TestData.Faithful, "-k", "1..4", "--covariance", "EEE,VVV", "-o", model, "--report", "r.json");
        Assert.Equal(8, result.OutputText.Split('\n').Count(line => line.Contains("full") || line.Contains("tied")));
        string chosen = Assert.Single(result.OutputText.Split('\n'), line => line.Contains('*'));
        Assert.Contains("2314.", chosen, StringComparison.Ordinal);
        Assert.Contains("best by bic (2314.", result.StandardError, StringComparison.Ordinal);
        Assert.Equal((3, CovarianceKind.Tied), (Load(model).ComponentCount, Load(model).Structure.Kind));

        using JsonDocument report = JsonDocument.Parse(File.ReadAllText(_folder["r.json"]));
        JsonElement root = report.RootElement;
        Assert.Equal("completed", root.GetProperty("stopReason").GetString());
        Assert.Equal("bic", root.GetProperty("criterion").GetString());
        Assert.Equal(3, root.GetProperty("best").GetProperty("components").GetInt32());
        JsonElement[] rows = [.. root.GetProperty("models").EnumerateArray()];
        Assert.Equal([1, 1, 2, 2, 3, 3, 4, 4], rows.Select(row => row.GetProperty("components").GetInt32()));
        Assert.Equal(["tied", "full"], rows.Take(2).Select(row => row.GetProperty("covariance").GetString()));
        JsonElement best = Assert.Single(rows, row => row.GetProperty("chosen").GetBoolean());
        Assert.Equal(rows.Min(row => row.GetProperty("bic").GetDouble()), best.GetProperty("bic").GetDouble());
        Assert.Equal(Load(model).TrainingCriteria!.Bic, best.GetProperty("bic").GetDouble());
    }

    [Fact]
    public void Select_Criteria_ChooseDifferentRows()
    {
        Run("select", TestData.Faithful, "-k", "1..4", "--covariance", "EEE,VVV", "--criterion", "icl", "-o", "icl.npz");
        Assert.Equal((2, CovarianceKind.Full), (Load("icl.npz").ComponentCount, Load("icl.npz").Structure.Kind));
        GmmProcessResult result = Run(
            "select", TestData.Faithful, "-k", "1,2", "--covariance", "full", "--criterion", "heldout", "-o", "cv.npz");
        Assert.Contains("held out", result.OutputText, StringComparison.Ordinal);
        result = Run(
            "select", TestData.Faithful, "-k", "1,2", "--covariance", "full", "--criterion", "heldout", "--heldout", TestData.Faithful,
            "-o", "held.npz", "--report", "r.json");
        using JsonDocument report = JsonDocument.Parse(File.ReadAllText(_folder["r.json"]));
        JsonElement best = report.RootElement.GetProperty("models")[1];
        Assert.Equal(best.GetProperty("logLikelihood").GetDouble() / 272, best.GetProperty("heldout").GetDouble(), 1e-10);
    }

    [Fact]
    public void Select_AnyThreads_WritesTheSameModel()
    {
        string[] options = ["--restarts", "3", "--init", "kmeans++", "--seed", "4", "-q"];
        Run(["select", TestData.Faithful, "-k", "1..4", "-o", "a.npz", "--threads", "1", .. options]);
        Run(["select", TestData.Faithful, "-k", "1..4", "-o", "b.npz", "--threads", "3", .. options]);
        Assert.Equal(File.ReadAllBytes(_folder["a.npz"]), File.ReadAllBytes(_folder["b.npz"]));
    }

    [Fact]
    public void Select_Weights_CountAsRepeatedRows()
    {
        File.WriteAllLines(_folder["w.txt"], Enumerable.Repeat("2", 272));
        Run("select", TestData.Faithful, "-k", "1..2", "--covariance", "full", "--weights", "w.txt", "-o", "w.npz", "-q");
        Run("select", TestData.Faithful, TestData.Faithful, "-k", "1..2", "--covariance", "full", "-o", "r.npz", "-q");
        Assert.Equal(Load("r.npz").TrainingCriteria!.Bic, Load("w.npz").TrainingCriteria!.Bic, 1e-3);
    }

    [Theory]
    [InlineData("-k 3..1", "-k: '3..1' is not a list of numbers")]
    [InlineData("-k 0..2", "-k: '0..2' is not a list of numbers")]
    [InlineData("-k 1..2:0", "-k: '1..2:0'")]
    [InlineData("-k 1..2000000000", "10000 numbers at most")]
    [InlineData("-k 1,,2", "-k: '1,,2'")]
    [InlineData("-k 2 --criterion best", "--criterion: 'best' is not one of bic, aic, icl, heldout")]
    [InlineData("-k 2 --covariance EEE,XXX", "--covariance: 'XXX' is not one of diag, full")]
    [InlineData("-k 2 --init model.npz", "--init: 'model.npz' is not one of auto, kmeans++, kmeans, lbg, random")]
    [InlineData("-k 2 --folds 1", "--folds: '1' is not a whole number of at least 2")]
    [InlineData("-k 2 --folds 3 --heldout x.csv", "--heldout and --folds both give the held-out log-likelihood")]
    [InlineData("-k 2,30 --weight-floor 0.1", "--weight-floor: 0.1 is above 1/K")]
    [InlineData("-k 2 --block-size 3 --covariance full", "block")]
    [InlineData("-k 2 --ubm model.npz", "--ubm is not an option of gmm select")]
    public void Select_WrongOption_IsWrongUsage(string options, string message) => Failing.Check(
        _folder, 2, ["select", TestData.Faithful, .. options.Split(' '), "-o", "x.npz"], [message]);

    [Fact]
    public void Select_NothingToChoose_IsAFailureWithATable()
    {
        GmmProcessResult result = GmmProcess.Run(
            ["select", TestData.Faithful, "-k", "300", "--covariance", "full", "-o", "x.npz", "--report", "r.json"],
            workingDirectory: _folder.Root);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("too few rows: 300 components", result.OutputText, StringComparison.Ordinal);
        Assert.Contains("none of the 1 models can be chosen, so x.npz was not written", result.StandardError, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["x.npz"]));
        using JsonDocument report = JsonDocument.Parse(File.ReadAllText(_folder["r.json"]));
        Assert.Equal(JsonValueKind.Null, report.RootElement.GetProperty("best").ValueKind);
    }

    [Fact]
    public void Train_Criteria_AreStoredShownAndEqualThoseOfScore()
    {
        Run("train", TestData.Faithful, "-k", "2", "--covariance", "full", "--criteria", "-o", "m.npz", "-q");
        Run("convert", "m.npz", "m.json");
        Assert.Equal(Load("m.npz").TrainingCriteria, Load("m.json").TrainingCriteria);
        Assert.Contains("BIC 2322.1", Run("info", "m.json").OutputText, StringComparison.Ordinal);
        using JsonDocument info = JsonDocument.Parse(Run("info", "m.npz", "--json").StandardOutput);
        GmmProcessResult score = Run("score", "m.npz", TestData.Faithful, "--criteria", "--report", "s.json", "-o", "d.npy");
        Assert.Contains("BIC 2322.1", score.StandardError, StringComparison.Ordinal);
        using JsonDocument report = JsonDocument.Parse(File.ReadAllText(_folder["s.json"]));
        Assert.Equal(
            ["rows", "totalLogLikelihood", "averageLogLikelihood", "parameters", "aic", "bic", "icl"],
            report.RootElement.EnumerateObject().Select(member => member.Name));
        foreach (string name in (string[])["parameters", "aic", "bic", "icl"])
        {
            Assert.Equal(
                info.RootElement.GetProperty("criteria").GetProperty(name).GetDouble(), report.RootElement.GetProperty(name).GetDouble(),
                1e-9);
        }
    }

    [Fact]
    public void Train_UbmAndInit_StartsFromTheInit()
    {
        Run("train", TestData.Faithful, "-k", "3", "-o", "ubm.npz", "--iterations", "1", "-q");
        string[] adapt = ["train", TestData.Faithful, "--ubm", "ubm.npz", "--alpha", "0.1", "--iterations", "1", "-q"];
        Run([.. adapt, "-o", "a.npz"]);
        Run([.. adapt, "-o", "b.npz", "--init", "ubm.npz"]);
        Run([.. adapt, "-o", "c.npz", "--init", "random", "--restarts", "2", "--report", "c.json"]);
        Assert.Equal(File.ReadAllBytes(_folder["a.npz"]), File.ReadAllBytes(_folder["b.npz"]));
        Assert.NotEqual(File.ReadAllBytes(_folder["a.npz"]), File.ReadAllBytes(_folder["c.npz"]));
        using JsonDocument report = JsonDocument.Parse(File.ReadAllText(_folder["c.json"]));
        Assert.InRange(report.RootElement.GetProperty("startSeed").GetInt32(), 0, 1);
        Failing.Check(_folder, 2, [.. adapt, "-o", "x.npz", "--restarts", "2"], ["--restarts: training starts from the --ubm model"]);
    }

    private GaussianMixture Load(string model) => ModelFile.Load(_folder[model]);

    private GmmProcessResult Run(params string[] arguments)
    {
        GmmProcessResult result = GmmProcess.Run(arguments, workingDirectory: _folder.Root);
        Assert.True(result.ExitCode == 0, result.StandardError);
        return result;
    }
}
