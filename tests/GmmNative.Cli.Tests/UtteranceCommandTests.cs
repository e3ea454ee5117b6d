using System.Globalization;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Cli.Tests;

/// <summary>score --per-utterance, lists of files, and patterns.</summary>
[Trait("Lane", "Slow")]
public sealed class UtteranceCommandTests : IDisposable
{
    private static readonly double[] Values = [0.5, -1, 9, 22, 4, 8, 10, 20, 30, -30];

    private readonly TestFolder _folder = new();

    public UtteranceCommandTests()
    {
        ModelFile.Save(TestData.Model, _folder["model.npz"]);
        ModelFile.Save(TestData.FullModel, _folder["background.npz"]);
        _folder.Write("b.npy", TestData.Npy(2, Values));
        _folder.Write("a.npy", TestData.Npy(2, Values[..4]));
        _folder.Write("list.scp", "one a.npy\nspk,2 b.npy\n"u8.ToArray());
        _folder.Write("weights.txt", "1\n3\n1\n1\n1\n1\n0\n"u8.ToArray());
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Score_PerUtterance_AveragesTheRows()
    {
        double[] first = Numbers("score model.npz a.npy");
        double[] second = Numbers("score model.npz b.npy");
        string[][] lines = Fields("score model.npz list.scp --per-utterance --threads 3");
        Assert.Equal(["one", "2"], lines[0][..2]);
        Assert.Equal(["spk,2", "5"], lines[1][..2]);
        Assert.Equal(first.Average(), Number(lines[0][2]), 1e-12);
        Assert.Equal(second.Average(), Number(lines[1][2]), 1e-12);
        Assert.Equal(2, lines.Length);
    }

    [Fact]
    public void Score_PerUtteranceWithWeights_AveragesByWeight()
    {
        double[] first = Numbers("score model.npz a.npy");
        string[][] lines = Fields("score model.npz list.scp --per-utterance --weights weights.txt");
        Assert.Equal((first[0] + (3 * first[1])) / 4, Number(lines[0][2]), 1e-12);
    }

    [Fact]
    public void Score_PerUtteranceAgainstSeveral_HasAColumnForEach()
    {
        double[] own = Numbers("score model.npz b.npy");
        double[] other = Numbers("score background.npz b.npy");
        Run("score model.npz b.npy --per-utterance --against background.npz --against model.npz -o scores.csv");
        string[] lines = File.ReadAllLines(_folder["scores.csv"]);
        Assert.Equal("key,frames,background.npz,model.npz", lines[0]);
        string[] fields = lines[1].Split(',');
        Assert.Equal(["b", "5"], fields[..2]);
        Assert.Equal(own.Average() - other.Average(), Number(fields[2]), 1e-11);
        Assert.Equal(0, Number(fields[3]));
    }

    [Fact]
    public void Score_PerUtteranceAsCsv_QuotesKeys()
    {
        Run("score model.npz list.scp --per-utterance -o scores.csv");
        Assert.StartsWith("\"spk,2\",5,", File.ReadAllLines(_folder["scores.csv"])[2], StringComparison.Ordinal);
    }

    [Fact]
    public void AnyCommand_Pattern_IsExpandedInOrder()
    {
        string[][] lines = Fields("score model.npz ?.npy --per-utterance");
        Assert.Equal(["a", "b"], lines.Select(line => line[0]));
        Run("train *.npy -k 1 -o trained.npz");
        double[] all = [.. Values[..4], .. Values];
        Assert.Equal(all.Where((_, i) => i % 2 == 0).Average(), ModelFile.Load(_folder["trained.npz"]).Means.Span[0], 1e-12);
    }

    [Theory]
    [InlineData(1, "score model.npz *.f99", "*.f99: no file matches")]
    [InlineData(2, "score model.npz a.npy --against model.npz --against background.npz", "--per-utterance")]
    [InlineData(2, "score model.npz a.npy --per-utterance --threshold 3", "--threshold")]
    [InlineData(2, "score model.npz a.npy --per-utterance -o scores.npy", ".csv")]
    [InlineData(2, "score model.npz *.npy --per-utterance -o a.npy", "a.npy")]
    public void AnyCommand_WrongUse_IsOneLine(int exitCode, string command, string expected) =>
        Failing.Check(_folder, exitCode, command.Split(' '), [expected]);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private double[] Numbers(string command) => [.. Fields(command).Select(fields => Number(fields[0]))];

    private string[][] Fields(string command) => [.. Run(command).OutputText.TrimEnd('\n').Split('\n').Select(line => line.Split(' '))];

    private GmmProcessResult Run(string command)
    {
        GmmProcessResult result = GmmProcess.Run(command.Split(' '), workingDirectory: _folder.Root);
        Assert.True(result.ExitCode == 0, result.StandardError);
        return result;
    }
}
