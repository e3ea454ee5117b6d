using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Cli.Tests;

/// <summary><c>gmm train</c> with <c>--relevance</c>, <c>--adapt</c> and <c>--freeze</c>, through real processes.</summary>
public sealed class AdaptationTests
{
    public static TheoryData<string, string[]> WrongUse => new()
    {
        { "--relevance 16", ["--relevance", "--ubm MODEL"] },
        { "--ubm ubm.npz --relevance -1", ["--relevance", "'-1'"] },
        { "--ubm ubm.npz --relevance NaN", ["--relevance", "'NaN'"] },
        { "--ubm ubm.npz --relevance Infinity", ["--relevance", "'Infinity'"] },
        { "--ubm ubm.npz --relevance 16 --alpha 0.5", ["--relevance", "--alpha"] },
        { "--ubm ubm.npz --relevance 16 --alpha 0", ["--relevance", "--alpha"] },
        { "--ubm ubm.npz --adapt means", ["--adapt", "--relevance R"] },
        { "--ubm ubm.npz --relevance 16 --adapt covariances", ["--adapt", "'covariances'", "weights, means, variances"] },
        { "--ubm ubm.npz --relevance 16 --adapt means,", ["--adapt", "''"] },
        { "--ubm ubm.npz --relevance 16 --freeze means", ["--freeze", "--adapt"] },
        { "-k 2 --freeze weights,means,covariances", ["--freeze", "nothing is left", "gmm score"] },
        { "-k 2 --freeze variances", ["--freeze", "'variances'", "weights, means, covariances"] },
    };

    [Theory]
    [MemberData(nameof(WrongUse))]
    public void Train_WrongUse_Exits2WithOneLine(string options, string[] named)
    {
        using TestFolder folder = new();
        folder.Write("data.csv", "1,2\n3,4\n5,7\n");
        SaveUbm(folder);
        Failing.Check(folder, 2, ["train", "data.csv", "-o", "model.npz", .. options.Split(' ')], named);
    }

    [Theory]
    [InlineData("d3k4/full_2x1_r16_wmv")]
    [InlineData("d3k4/diag_r4_v")]
    [InlineData("bob/diag_r4_wmv")]
    public void Train_Relevance_IsOnePassOfTheReference(string name)
    {
        RelevanceCase c = RelevanceCase.Find(name);
        using TestFolder folder = new();
        ModelFile.Save(c.Ubm, folder["ubm.npz"]);
        string adapt = string.Join(',', new[] { "weights", "means", "variances" }.Where((_, i) => ((int)c.Adapted >> i) % 2 == 1));
        GmmProcessResult result = GmmProcess.Run(
            "train", c.RowsPath, "--ubm", folder["ubm.npz"], "--relevance", FormattableString.Invariant($"{c.Relevance}"), "--adapt", adapt,
            "--variance-floor", "0", "--weight-floor", "0", "-o", folder["model.npz"], "--report", folder["report.json"], "-q");
        Assert.Equal(0, result.ExitCode);
        GaussianMixture model = ModelFile.Load(folder["model.npz"]);
        GaussianMixture expected = c.Expected;
        Assert.True(Near.RelativeError(expected.Weights.Span, model.Weights.Span, 1e-3) <= 1e-10);
        Assert.True(Near.RelativeError(expected.Means.Span, model.Means.Span, 1) <= 1e-10);
        Assert.True(Near.RelativeError(expected.Covariances.Span, model.Covariances.Span, 0.1) <= 1e-10);
        Assert.Contains("\"iterations\": 1,", File.ReadAllText(folder["report.json"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Train_RelevanceWithIterations_RunsThatMany()
    {
        using TestFolder folder = new();
        folder.Write("data.csv", "1,2\n3,4\n5,7\n");
        SaveUbm(folder);
        GmmProcessResult result = GmmProcess.Run(
            "train", folder["data.csv"], "--ubm", folder["ubm.npz"], "--relevance", "2", "--iterations", "3", "--tolerance", "0",
            "-o", folder["model.npz"]);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("3 iterations", result.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_Freeze_KeepsTheNumbersOfTheStart()
    {
        using TestFolder folder = new();
        folder.Write("data.csv", "1,2\n3,4\n5,7\n");
        GaussianMixture start = SaveUbm(folder);
        GmmProcessResult result = GmmProcess.Run(
            "train", folder["data.csv"], "--init", folder["ubm.npz"], "--freeze", "weights,means", "-o", folder["model.npz"], "-q");
        Assert.Equal(0, result.ExitCode);
        GaussianMixture model = ModelFile.Load(folder["model.npz"]);
        Assert.Equal(start.Weights.ToArray(), model.Weights.ToArray());
        Assert.Equal(start.Means.ToArray(), model.Means.ToArray());
        Assert.NotEqual(start.Covariances.ToArray(), model.Covariances.ToArray());
    }

    private static GaussianMixture SaveUbm(TestFolder folder)
    {
        GaussianMixture ubm = new(new CovarianceStructure(CovarianceKind.Diagonal, 2), [0.25, 0.75], [1, 2, 4, 6], [1, 2, 3, 4]);
        ModelFile.Save(ubm, folder["ubm.npz"]);
        return ubm;
    }
}
