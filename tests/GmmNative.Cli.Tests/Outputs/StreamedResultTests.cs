using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Cli.Tests;

/// <summary>
/// Results that leave while they are computed: the same bytes for any threads, more than memory holds, and whole files or none.
/// </summary>
[Trait("Lane", "Slow")]
public sealed class StreamedResultTests : IDisposable
{
    private const int Rows = 30_000;
    private const int BadRow = 25_000;

    private readonly TestFolder _folder = new();

    public StreamedResultTests()
    {
        ModelFile.Save(TestData.FullModel, _folder["model.npz"]);
        Random random = new(1);
        double[] values = [.. Enumerable.Range(0, 2 * Rows).Select(_ => 20 * random.NextDouble())];
        _folder.Write("data.f64", TestData.Bytes(values));
        values[2 * BadRow] = double.NaN;
        _folder.Write("bad.f64", TestData.Bytes(values));
        _folder.Write("bad1.f64", TestData.Bytes([.. values.Where((_, i) => i % 2 == 0)]));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("score model.npz data.f64 --dimension 2")]
    [InlineData("score model.npz data.f64 --dimension 2 -o -")]
    [InlineData("posterior model.npz data.f64 --dimension 2 -o -")]
    [InlineData("predict model.npz data.f64 --dimension 2")]
    [InlineData("transform model.npz data.f64 --dimension 1 -o -")]
    public void AnyCommand_AnyThreads_WritesTheSameBytesAndSummary(string command)
    {
        GmmProcessResult one = Run([.. command.Split(' '), "--threads", "1"]);
        Assert.Equal(0, one.ExitCode);
        Assert.Single(one.ErrorLines);
        foreach (string threads in (string[])["2", "3", "8"])
        {
            GmmProcessResult more = Run([.. command.Split(' '), "--threads", threads]);
            Assert.Equal(one.StandardOutput, more.StandardOutput);
            Assert.Equal(one.StandardError, more.StandardError);
        }
    }

    [Theory]
    [InlineData("score model.npz bad.f64 --dimension 2 -o out.npy")]
    [InlineData("posterior model.npz bad.f64 --dimension 2 -o out.csv")]
    [InlineData("predict model.npz bad.f64 --dimension 2 -o out.i32")]
    [InlineData("transform model.npz bad1.f64 --dimension 1 -o out.npy --labels labels.npy --log-density density.tsv")]
    public void AnyCommand_LateRowNotFinite_LeavesNoFileAndOneLine(string command)
    {
        string[] before = _folder.Snapshot();
        GmmProcessResult result = Run([.. command.Split(' '), "--threads", "3"]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"row {BadRow + 1}, column 1", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(before, _folder.Snapshot());
    }

    [Fact]
    public void Score_LateRowNotFiniteOnStandardOutput_WritesRowsBeforeItAndFails()
    {
        string whole = Run(["score", "model.npz", "data.f64", "--dimension", "2", "-q"]).OutputText;
        GmmProcessResult result = Run(["score", "model.npz", "bad.f64", "--dimension", "2", "--threads", "2"]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("is not a number (NaN)", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.StartsWith(result.OutputText, whole, StringComparison.Ordinal);
        Assert.InRange(result.OutputText.Count(c => c == '\n'), 0, BadRow);
    }

    [Theory]
    [InlineData("-o out.npy")]
    [InlineData("-o -")]
    [InlineData("-o out.tsv")]
    public void Posterior_MoreThanMemoryHolds_IsWritten(string output)
    {
        // 64 MB of results, and a heap of 24 MB.
        const int Many = 250_000;
        const int Components = 32;
        double[] means = [.. Enumerable.Range(0, 2 * Components).Select(i => (double)i)];
        ModelFile.Save(
            new GaussianMixture(
                new CovarianceStructure(CovarianceKind.Diagonal, 2), [.. Enumerable.Repeat(1.0 / Components, Components)], means,
                [.. Enumerable.Repeat(4.0, 2 * Components)]),
            _folder["large.npz"]);
        _folder.Write("many.f32", new byte[Many * 2 * sizeof(float)]);
        GmmProcessResult result = GmmProcess.Run(
            [
                "posterior", "large.npz", "many.f32", "--dimension", "2", "--threads", "4", "-q", "--backend", "managed",
                .. output.Split(' '),
            ],
            environment: new Dictionary<string, string?> { ["DOTNET_GCHeapHardLimit"] = "0x1800000" },
            workingDirectory: _folder.Root);
        Assert.Equal("", result.StandardError);
        Assert.Equal(0, result.ExitCode);
        long written = output == "-o -" ? result.StandardOutput.Length : new FileInfo(_folder[output[3..]]).Length;
        Assert.True(written >= Many * Components * sizeof(double), $"{written} bytes");
    }

    [Fact]
    [Trait(SelfContainedLibraries.Requires, "Linux")]
    public void Score_SignalWhileThePipeIsFull_SaysThatTheOutputIsNotComplete()
    {
        GmmProcessResult result = GmmShell.Run(
            "mkfifo pipe; sleep 30 < pipe & reader=$!; gmm_process score model.npz data.f64 --dimension 2 -q -o pipe & "
            + "writer=$!; sleep 3; kill -TERM $writer; wait $writer; echo $?; kill $reader",
            _folder.Root);
        Assert.Equal("130", result.OutputText.Trim());
        Assert.Equal(["gmm: interrupted; the output is not complete."], result.ErrorLines);
    }

    private GmmProcessResult Run(string[] arguments) => GmmProcess.Run(arguments, workingDirectory: _folder.Root);
}
