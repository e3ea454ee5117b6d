using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Cli.Tests;

public sealed class UsageTests
{
    public static TheoryData<string, string[]> WrongCommandLines => new()
    {
        { "trian", ["trian", "train", "gmm --help"] },
        { "--nonsense", ["--nonsense", "gmm --help"] },
        { "train data.csv -k 2 -o model.npz --itertions 5", ["--itertions", "--iterations", "gmm train --help"] },
        { "train data.csv -k 2 -o model.npz --nonsense", ["--nonsense", "gmm train --help"] },
        { "score model.npz data.csv --nonsense", ["--nonsense", "gmm score --help"] },
        { "score model.npz data.csv more.csv", ["more.csv"] },
        { "score model.npz", ["INPUT is missing"] },
        { "posterior model.npz data.csv", ["-o FILE is missing"] },
        { "train", ["INPUT is missing"] },
        { "train data.csv -k 2", ["-o MODEL is missing"] },
        { "train data.csv -o model.npz", ["-k K is missing"] },
        { "train data.csv -o model.npz -k", ["-k"] },
        { "train data.csv -k 2 -o", ["-o"] },
        { "train data.csv -k 2 -o model.npz -o other.npz", ["-o", "2 times"] },
        { "train data.csv -k 2 -o model.txt", ["model.txt", ".npz, .json, .gmm"] },
        { "train data.csv -k 2 -o model", ["-o model", ".npz, .json, .gmm"] },
        { "convert model.npz model.xml", ["model.xml", ".npz"] },
        { "train data.csv -k 0 -o model.npz", ["-k", "'0'", "at least 1"] },
        { "train data.csv -k two -o model.npz", ["-k", "'two'", "whole number"] },
        { "train data.csv -k 2.5 -o model.npz", ["-k", "'2.5'", "whole number"] },
        { "train data.csv -k 2 -o model.npz --iterations 0", ["--iterations", "'0'"] },
        { "train data.csv -k 2 -o model.npz --tolerance -1e-3", ["--tolerance", "'-1e-3'"] },
        { "train data.csv -k 2 -o model.npz --tolerance NaN", ["--tolerance", "'NaN'"] },
        { "train data.csv -k 2 -o model.npz --tolerance-on sum", ["--tolerance-on", "total, average"] },
        { "train data.csv -k 2 -o model.npz --variance-floor -1", ["--variance-floor", "'-1'"] },
        { "train data.csv -k 2 -o model.npz --weight-floor 0.6", ["--weight-floor", "0.6", "1/K"] },
        { "train data.csv -k 2 -o model.npz --weight-floor -0.1", ["--weight-floor", "'-0.1'"] },
        { "train data.csv -k 2 -o model.npz --alpha 0.5", ["--alpha", "--ubm"] },
        { "train data.csv -k 2 -o model.npz --alpha 1.5", ["--alpha", "'1.5'", "from 0 to 1"] },
        { "train data.csv -k 2 -o model.npz --covariance banded", ["--covariance", "'banded'", "diag, full"] },
        { "train data.csv -k 2 -o model.npz --block-size 1,2", ["--block-size", "1,2", "3", "2"] },
        { "train data.csv -k 2 -o model.npz --block-size 2,0", ["--block-size", "2,0"] },
        { "train data.csv -k 2 -o model.npz --block-size 1;1", ["--block-size", "1;1"] },
        { "train data.csv -k 2 -o model.npz --batch-size 0", ["--batch-size", "'0'"] },
        { "train data.csv -k 2 -o model.npz --threads 0", ["--threads", "'0'"] },
        { "train data.csv -k 2 -o model.npz --backend cuda", ["--backend", "'cuda'", "auto, mkl, openblas, managed"] },
        { "train data.csv -k 2 -o model.npz --precision half", ["--precision", "'half'"] },
        { "train data.csv -k 2 -o model.npz --type f16", ["--type", "f64, f32"] },
        { "train data.csv -k 2 -o model.npz --dimension 0", ["--dimension", "'0'"] },
        { "train data.csv -k 2 -o model.npz --seed x", ["--seed", "'x'"] },
        { "train data.csv -k 2 -o model.npz -q -v", ["-q", "-v"] },
        { "train data.csv -k 2 -o model.npz --report model.npz", ["--report", "model.npz", "same file"] },
        { "train data.csv -k 2 -o model.npz --posterior data.csv", ["--posterior", "data.csv", "same file"] },
        { "train data.csv -k 2 -o model.npz --posterior p.json", ["--posterior", "p.json", ".npy, .csv, .tsv", ".f64"] },
        { "train data.csv -k 2 -o model.npz --posterior p.i32", ["--posterior", "p.i32", "not whole"] },
        { "train data.csv -k 2 -o model.npz --format xls", ["--format", "npy, csv, tsv, txt, raw"] },
        { "train data.csv -k 2 -o model.npz --header maybe", ["--header", "auto, yes, no"] },
        { "train data.csv -k 2 -o model.npz --columns", ["--columns"] },
        { "train data.csv -k 2 -o model.npz --columns 1,9", ["--columns", "no column 9", "1 to 2"] },
        { "train data.csv -k 2 -o model.npz --columns x", ["--columns", "'x'", "no names"] },
        { "predict model.npz data.csv -o labels.npz", ["-o labels.npz", ".npy, .csv, .tsv", ".raw"] },
        { "predict model.npz data.csv -o labels", ["-o labels", "without an extension", ".npy"] },
        { "predict model.npz data.csv -o labels.parquet", ["-o labels.parquet", "not supported yet", ".npy"] },
        { "score model.npz data.csv -o densities.txt", ["-o densities.txt", "'.txt'", ".csv"] },
        { "score model.npz data.csv -o densities.i32", ["-o densities.i32", "not whole"] },
        { "posterior model.npz data.csv -o p.json", ["-o p.json", "'.json'", ".csv"] },
        { "transform model.npz data.csv --labels l.xyz", ["--labels l.xyz", "'.xyz'", ".csv"] },
        { "train  -k 2 -o model.npz", ["INPUT", "not a file name"] },
        { "transform model.npz data.csv", ["nothing to write", "--labels"] },
        { "score model.gmm data.csv", ["model.gmm", "-k"] },
        { "info model.gmm -k 2", ["model.gmm", "--dimension"] },
    };

    [Theory]
    [MemberData(nameof(WrongCommandLines))]
    public void Run_WrongCommandLine_TellsInOneLineAndExits2(string commandLine, string[] named)
    {
        using TestFolder folder = new();
        folder.Write("data.csv", "1,2\n3,4\n5,7\n");
        Failing.Check(folder, 2, commandLine.Split(' '), named);
    }

    [Fact]
    public void Run_WithoutArguments_ShowsHelp()
    {
        GmmProcessResult result = GmmProcess.Run();
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("Usage:", result.OutputText, StringComparison.Ordinal);
        Assert.Contains("Examples:", result.OutputText, StringComparison.Ordinal);
        Assert.Empty(result.ErrorLines);
    }

    [Theory]
    [InlineData("train")]
    [InlineData("score")]
    [InlineData("posterior")]
    [InlineData("predict")]
    [InlineData("transform")]
    [InlineData("sample")]
    [InlineData("compare")]
    [InlineData("info")]
    [InlineData("convert")]
    [InlineData("backends")]
    public void Help_OfEachCommand_ShowsAnExample(string command)
    {
        GmmProcessResult result = GmmProcess.Run(command, "--help");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains($"gmm {command} ", result.OutputText, StringComparison.Ordinal);
        Assert.Contains("Examples:", result.OutputText, StringComparison.Ordinal);
        Assert.Empty(result.ErrorLines);
    }

    [Fact]
    public void Version_Always_IsOneLine()
    {
        GmmProcessResult result = GmmProcess.Run("--version");
        Assert.Equal(0, result.ExitCode);
        Assert.Matches("^gmm [0-9]+\\.[0-9]+\\.[0-9]+\r?\n$", result.OutputText);
    }

    [Fact]
    public void Run_EnvironmentNamesNoBackend_TellsInOneLine()
    {
        GmmProcessResult result = GmmProcess.Run(
            ["backends"], environment: new Dictionary<string, string?> { ["GMMNATIVE_BACKEND"] = "cuda" });
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("GMMNATIVE_BACKEND", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }
}
