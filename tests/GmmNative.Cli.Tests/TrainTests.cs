using System.Text.Json;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Cli.Tests;

public sealed class TrainTests
{
    private static readonly string[] ReportFields =
    [
        "backend", "threads", "precision", "path", "pathReason", "acceleration", "accelerationReason", "rows", "dimension", "components",
        "covariance", "iterations", "stopReason", "totalLogLikelihood", "averageLogLikelihood",
        "startSeed", "history", "seconds", "peakMemoryBytes", "warnings",
    ];

    /// <summary>The backends that this machine has.</summary>
    public static TheoryData<string> AvailableBackends =>
        [.. BackendList.Of(GmmProcess.Run("backends", "--json").OutputText).Where(b => b.Available).Select(b => b.Name)];

    [Fact]
    public void Train_OldFaithful_FindsItsTwoKindsOfEruptions()
    {
        using TestFolder folder = new();
        GmmProcessResult result = Succeed("train", TestData.Faithful, "-k", "2", "-o", folder["model.npz"], "--covariance", "full");
        Assert.Empty(result.OutputText);
        Assert.Contains("272 rows", result.StandardError, StringComparison.Ordinal);
        Assert.Contains("converged", result.StandardError, StringComparison.Ordinal);
        Assert.InRange(result.ErrorLines.Length, 2, 4);

        // The literature's figures for this data set: 2.04 and 54.5 minutes, 4.29 and 80.0.
        GaussianMixture model = ModelFile.Load(folder["model.npz"]);
        int small = model.Means.Span[0] < model.Means.Span[2] ? 0 : 1;
        Assert.Equal(0.356, model.Weights.Span[small], 0.002);
        Assert.Equal(2.04, model.Means.Span[2 * small], 0.01);
        Assert.Equal(54.48, model.Means.Span[(2 * small) + 1], 0.05);
        Assert.Equal(4.29, model.Means.Span[2 * (1 - small)], 0.01);
        Assert.Equal(79.97, model.Means.Span[(2 * (1 - small)) + 1], 0.05);
    }

    [Fact]
    public void Train_Report_HasTheFieldsOfItsContract()
    {
        using TestFolder folder = new();
        Succeed(
            "train", TestData.Faithful, "-k", "3", "-o", folder["model.json"], "--iterations", "7", "--tolerance", "0", "--report",
            folder["report.json"]);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(folder["report.json"]));
        JsonElement report = document.RootElement;
        Assert.Equal(ReportFields, report.EnumerateObject().Select(p => p.Name));
        Assert.Equal(272, report.GetProperty("rows").GetInt64());
        Assert.Equal(2, report.GetProperty("dimension").GetInt32());
        Assert.Equal(3, report.GetProperty("components").GetInt32());
        Assert.Equal("diag", report.GetProperty("covariance").GetString());
        Assert.Equal("double", report.GetProperty("precision").GetString());
        Assert.NotEmpty(report.GetProperty("pathReason").GetString()!);
        Assert.Equal(7, report.GetProperty("iterations").GetInt32());
        Assert.Equal("iterationLimit", report.GetProperty("stopReason").GetString());
        JsonElement history = report.GetProperty("history");
        Assert.Equal(7, history.GetArrayLength());
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], history.EnumerateArray().Select(h => h.GetProperty("iteration").GetInt32()));
        Assert.All(history.EnumerateArray(), h => Assert.True(h.GetProperty("seconds").GetDouble() > 0));
        double average = report.GetProperty("averageLogLikelihood").GetDouble();
        Assert.Equal(average, history[6].GetProperty("averageLogLikelihood").GetDouble());
        Assert.Equal(average * 272, report.GetProperty("totalLogLikelihood").GetDouble(), 1e-9 * 272 * Math.Abs(average));
        Assert.Equal(["read", "initialize", "em"], report.GetProperty("seconds").EnumerateObject().Select(p => p.Name));
        Assert.True(report.GetProperty("peakMemoryBytes").GetInt64() > 1 << 20);
    }

    [Theory]
    [MemberData(nameof(AvailableBackends))]
    [Trait("Lane", "Slow")]
    public void Train_ThreadsAndBatchSize_ChangeNoBit(string backend)
    {
        using TestFolder folder = new();
        string[] common = ["train", TestData.Speech, "-k", "8", "--iterations", "5", "--tolerance", "0", "-q", "--backend", backend];
        Succeed([.. common, "-o", folder["a.npz"], "--threads", "1"]);
        Succeed([.. common, "-o", folder["b.npz"], "--threads", "2"]);
        Succeed([.. common, "-o", folder["c.npz"], "--threads", "2", "--batch-size", "1000"]);
        Succeed([.. common, "-o", folder["d.npz"], "--threads", "1", "--batch-size", "1000"]);
        byte[] expected = File.ReadAllBytes(folder["a.npz"]);
        Assert.Equal(expected, File.ReadAllBytes(folder["b.npz"]));
        Assert.Equal(expected, File.ReadAllBytes(folder["c.npz"]));
        Assert.Equal(expected, File.ReadAllBytes(folder["d.npz"]));
    }

    [Theory]
    [MemberData(nameof(AvailableBackends))]
    public void Train_BackendByName_IsTheOneThatComputes(string backend)
    {
        using TestFolder folder = new();
        Succeed("train", TestData.Faithful, "-k", "2", "-o", folder["model.npz"], "--report", folder["report.json"], "--backend", backend);
        using JsonDocument report = JsonDocument.Parse(File.ReadAllBytes(folder["report.json"]));
        Assert.Equal(backend, report.RootElement.GetProperty("backend").GetString());
    }

    [Fact]
    public void Train_SameDataInOtherForms_GivesTheSameModel()
    {
        using TestFolder folder = new();
        double[] values = [.. File.ReadLines(TestData.Faithful).Skip(1).SelectMany(l => l.Split(','))
            .Select(v => double.Parse(v, System.Globalization.CultureInfo.InvariantCulture))];
        folder.Write("all.npy", TestData.Npy(2, values));
        folder.Write("first.npy", TestData.Npy(2, values[..200]));
        folder.Write("second.f64", TestData.Bytes(values[200..]));
        string[] common = ["-k", "2", "-q", "--iterations", "10"];
        Succeed(["train", TestData.Faithful, "-o", folder["csv.npz"], .. common]);
        Succeed(["train", folder["all.npy"], "-o", folder["npy.npz"], .. common]);
        Succeed(["train", folder["first.npy"], folder["second.f64"], "--dimension", "2", "-o", folder["two.npz"], .. common]);
        GmmProcessResult raw = GmmProcess.Run(
            ["train", "-", "--dimension", "2", "-o", folder["raw.npz"], .. common], TestData.Bytes(values));
        Assert.Equal(0, raw.ExitCode);

        // The text alone has names of its columns.
        GaussianMixture named = ModelFile.Load(folder["csv.npz"]);
        GaussianMixture unnamed = ModelFile.Load(folder["npy.npz"]);
        Assert.Equal(["eruptions", "waiting"], named.Columns!);
        Assert.Equal(unnamed.Means.ToArray(), named.Means.ToArray());
        Assert.Equal(unnamed.Covariances.ToArray(), named.Covariances.ToArray());
        byte[] expected = File.ReadAllBytes(folder["npy.npz"]);
        Assert.Equal(expected, File.ReadAllBytes(folder["two.npz"]));
        Assert.Equal(expected, File.ReadAllBytes(folder["raw.npz"]));
    }

    [Fact]
    public void Train_FromAModel_TakesItsComponentsAndStructure()
    {
        using TestFolder folder = new();
        Succeed(
            "train", TestData.Faithful, "-k", "2", "-o", folder["start.gmm"], "--covariance", "full", "-q", "--iterations", "3",
            "--tolerance", "0");
        Succeed(
            "train", TestData.Faithful, "-k", "2", "-o", folder["one.npz"], "--init", folder["start.gmm"], "-q", "--iterations", "4",
            "--tolerance", "0");
        Succeed(
            "train", TestData.Faithful, "-k", "2", "-o", folder["all.npz"], "--covariance", "full", "-q", "--iterations", "7",
            "--tolerance", "0");

        // 3 + 4 iterations are 7 iterations.
        Assert.Equal(File.ReadAllBytes(folder["all.npz"]), File.ReadAllBytes(folder["one.npz"]));
        Succeed("train", TestData.Faithful, "-o", folder["again.npz"], "--init", folder["one.npz"], "-q");
        Assert.Equal(2, ModelFile.Load(folder["again.npz"]).ComponentCount);
    }

    [Fact]
    public void Train_UbmWithAlpha_AddsItsWeight()
    {
        using TestFolder folder = new();
        folder.Write("data.csv", "1,2\n2,1\n9,21\n11,19\n12,18\n");
        ModelFile.Save(TestData.Model, folder["ubm.npz"]);
        Succeed(
            "train", folder["data.csv"], "-o", folder["map.npz"], "--ubm", folder["ubm.npz"], "--alpha", "1", "--iterations", "1", "-q");

        // w = (N + alpha w_ubm) / (T + alpha): two of five rows belong to the first component, up to the rounding of double.
        Assert.Equal((2 + 0.25) / 6, ModelFile.Load(folder["map.npz"]).Weights.Span[0], 1e-6);
    }

    [Fact]
    public void Train_BlockSizes_AreKeptInTheModel()
    {
        using TestFolder folder = new();
        Succeed("train", TestData.Faithful, "-k", "2", "-o", folder["model.npz"], "--block-size", "1,1", "-q");
        Assert.Equal([1, 1], ModelFile.Load(folder["model.npz"]).Structure.BlockSizes);
    }

    [Fact]
    public void Train_Posterior_IsThatOfTheModel()
    {
        using TestFolder folder = new();
        Succeed("train", TestData.Faithful, "-k", "2", "-o", folder["model.npz"], "--posterior", folder["a.npy"], "-q");
        Succeed("posterior", folder["model.npz"], TestData.Faithful, "-o", folder["b.npy"], "-q");
        double[] trained = TestData.ReadNpy(folder["a.npy"]);
        double[] applied = TestData.ReadNpy(folder["b.npy"]);
        Assert.Equal(2 * 272, trained.Length);
        Assert.All(trained.Zip(applied), p => Assert.Equal(p.First, p.Second, 1e-12));
    }

    [Theory]
    [InlineData("-q", 0, 0)]
    [InlineData("-v", 4, 5)]
    [InlineData("-vv", 4, 5)]
    public void Train_Loudness_IsWhatWasAskedFor(string option, int least, int iterations)
    {
        using TestFolder folder = new();
        GmmProcessResult result = Succeed(
            "train", TestData.Faithful, "-k", "2", "-o", folder["model.npz"], "--iterations", "5", "--tolerance", "0", option);
        Assert.True(result.ErrorLines.Length >= least);

        // On a busy machine, -vv may report rows between them.
        Assert.Equal(iterations, result.ErrorLines.Count(l =>
            l.StartsWith("iteration ", StringComparison.Ordinal) && l.Contains(": average log-likelihood ", StringComparison.Ordinal)));
        Assert.DoesNotContain('\u001b', result.StandardError);
        if (least == 0)
        {
            Assert.Empty(result.ErrorLines);
        }
    }

    [Fact]
    public void Train_OutputExists_IsReplaced()
    {
        using TestFolder folder = new();
        folder.Write("model.npz", "an older file");
        Succeed("train", TestData.Faithful, "-k", "1", "-o", folder["model.npz"], "-q");
        Assert.Equal(1, ModelFile.Load(folder["model.npz"]).ComponentCount);
        Assert.Single(Directory.GetFiles(folder.Root));
    }

    private static GmmProcessResult Succeed(params string[] arguments)
    {
        GmmProcessResult result = GmmProcess.Run(arguments);
        Assert.True(result.ExitCode == 0, result.StandardError);
        return result;
    }
}
