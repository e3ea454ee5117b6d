using System.Text.Json;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Cli.Tests;

/// <summary>Signals at many moments of a run: exit code 130, and whole files or none.</summary>
[Trait(SelfContainedLibraries.Requires, "Linux")]
[Trait("Lane", "Slow")]
public sealed class SignalTests : IDisposable
{
    private const int Moments = 20;
    private const int ScoreMoments = 10;

    private static readonly string[] Endless =
        ["-k", "2", "--init", "random", "--iterations", "100000000", "--tolerance", "0", "--threads", "1", "--backend", "managed"];

    private readonly TestFolder _folder = new();

    public static TheoryData<string, int> Signals => new() { { "HUP", 1 }, { "INT", 2 }, { "TERM", 15 } };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Signals))]
    public void Train_SignalAtAnyMoment_LeavesTheLastModelOrNothing(string signal, int number)
    {
        for (int moment = 0; moment < Moments; moment++)
        {
            using TestFolder folder = new();
            using GmmProcess process = GmmProcess.Start(
                ["train", TestData.Faithful, .. Endless, "-o", folder["model.npz"], "--report", folder["report.json"], "-q"]);
            process.EndsWithin(TimeSpan.FromMilliseconds(30 * moment));
            process.Signal(signal);
            GmmProcessResult result = process.WaitForExit();
            AssertLastModelOrNothing(folder, result, number);
        }

        // A slow machine has none of them after 0.6 s; given time, there is one.
        using TestFolder last = new();
        using GmmProcess patient = GmmProcess.Start(
            ["train", TestData.Faithful, .. Endless, "-o", last["model.npz"], "--report", last["report.json"], "-v"]);
        patient.WaitForError("iteration 2:");
        patient.Signal(signal);
        Assert.True(AssertLastModelOrNothing(last, patient.WaitForExit(), number));
    }

    [Theory]
    [MemberData(nameof(Signals))]
    public void Score_SignalAtAnyMoment_LeavesAWholeFileOrNothing(string signal, int number)
    {
        const int Rows = 200_000;
        ModelFile.Save(TestData.Model, _folder["model.npz"]);
        _folder.Write("data.f64", new byte[Rows * 2 * sizeof(double)]);
        for (int moment = 0; moment < ScoreMoments; moment++)
        {
            File.Delete(_folder["out.csv"]);
            using GmmProcess process = GmmProcess.Start(
                ["score", _folder["model.npz"], _folder["data.f64"], "--dimension", "2", "-q", "-o", _folder["out.csv"]]);
            process.EndsWithin(TimeSpan.FromMilliseconds(50 * moment));
            process.Signal(signal);
            GmmProcessResult result = process.WaitForExit();
            bool written = File.Exists(_folder["out.csv"]);
            Assert.Equal(written ? 0 : result.ExitCode == 128 + number ? 128 + number : 130, result.ExitCode);
            Assert.Equal(written ? Rows : 0, written ? File.ReadLines(_folder["out.csv"]).Count() : 0);
            Assert.Empty(Directory.GetFiles(_folder.Root, ".gmm-*"));
        }
    }

    [Fact]
    public void Train_SignalWhilePosteriorsAreWritten_KeepsTheModelAndNoPosteriors()
    {
        // Nobody reads the pipe, so that the posteriors are never done.
        Assert.Equal(0, GmmShell.Run("mkfifo pipe", _folder.Root).ExitCode);
        using GmmProcess process = GmmProcess.Start(
            [
                "train", TestData.Faithful, "-k", "2", "--iterations", "3", "-q",
                "-o", "model.npz", "--report", "report.json", "--posterior", "pipe",
            ],
            workingDirectory: _folder.Root);
        WaitFor(_folder["model.npz"]);
        process.Signal("TERM");
        GmmProcessResult result = process.WaitForExit();
        Assert.True(AssertLastModelOrNothing(_folder, result, 15));
        Assert.Contains("--posterior was not written", result.ErrorLines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Score_SignalWhileItWaitsForInput_EndsWithNothing()
    {
        ModelFile.Save(TestData.Model, _folder["model.npz"]);
        Assert.Equal(0, GmmShell.Run("mkfifo pipe", _folder.Root).ExitCode);
        using GmmProcess process = GmmProcess.Start(
            ["score", "model.npz", "pipe", "--dimension", "2", "-q", "-o", "out.csv"], workingDirectory: _folder.Root);
        process.EndsWithin(TimeSpan.FromSeconds(2));
        process.Signal("INT");
        GmmProcessResult result = process.WaitForExit();
        Assert.Equal(130, result.ExitCode);
        Assert.Equal(["gmm: interrupted; nothing was written."], result.ErrorLines);
        Assert.False(File.Exists(_folder["out.csv"]));
    }

    [Fact]
    public void Train_SignalInsideALongFactorization_LeavesTheModelOfTheIterationBefore()
    {
        // A step of this takes seconds and is one call; the signal comes while the second iteration is in it.
        const int Dimension = 1500;
        Random random = new(1);
        byte[] rows = new byte[Dimension * Dimension * 2];
        random.NextBytes(rows);
        _folder.Write("wide.npy", TestData.Npy("|u1", $"({2 * Dimension}, {Dimension})", rows));
        using GmmProcess process = GmmProcess.Start(
        [
            "train", _folder["wide.npy"], "-k", "1", "--covariance", "full", "--init", "random", "--iterations", "1000000",
            "--tolerance", "0", "--threads", "1", "--backend", "managed", "-v", "-o", _folder["model.npz"], "--report",
            _folder["report.json"],
        ]);
        process.WaitForError("iteration 1:");
        process.Signal("TERM");
        Assert.True(process.EndsWithin(TimeSpan.FromMinutes(1)));
        Assert.True(AssertLastModelOrNothing(_folder, process.WaitForExit(), 15));
    }

    [Fact]
    public void Train_SecondSignal_EndsAtOnce()
    {
        // The model is written to a pipe without a reader, so only the second signal ends the program.
        Assert.Equal(0, GmmShell.Run("mkfifo model.json", _folder.Root).ExitCode);
        using GmmProcess process = GmmProcess.Start(
            ["train", TestData.Faithful, .. Endless, "-v", "-o", "model.json"], workingDirectory: _folder.Root);
        process.WaitForError("iteration 2:");
        process.Signal("TERM");
        Assert.False(process.EndsWithin(TimeSpan.FromSeconds(2)));
        process.Signal("TERM");
        Assert.Equal(130, process.WaitForExit().ExitCode);
    }

    [Fact]
    public void Train_UnderNohup_DoesNotHearTheTerminalGo()
    {
        GmmProcessResult result = GmmShell.Run(
            $"trap '' HUP; gmm_process train '{TestData.Faithful}' {string.Join(' ', Endless)} -v -o model.npz 2> log & "
            + "until grep -q 'iteration 2:' log; do sleep 0.05; done; "
            + "kill -HUP $!; sleep 0.5; kill -0 $! && echo lives; kill -TERM $!; wait $!",
            _folder.Root);
        Assert.Equal("lives\n", result.OutputText);
        Assert.Equal(130, result.ExitCode);
        Assert.Equal(2, ModelFile.Load(_folder["model.npz"]).ComponentCount);
    }

    private static bool AssertLastModelOrNothing(TestFolder folder, GmmProcessResult result, int number)
    {
        Assert.Empty(Directory.GetFiles(folder.Root, ".gmm-*"));
        bool written = File.Exists(folder["model.npz"]);
        Assert.Equal(written, File.Exists(folder["report.json"]));
        if (!written)
        {
            // Before the program has registered for signals they end it themselves.
            Assert.True(result.ExitCode == 130 || result.ExitCode == 128 + number, $"exit code {result.ExitCode}");
            return false;
        }

        Assert.Equal(130, result.ExitCode);
        Assert.StartsWith("gmm: interrupted: the model after iteration ", result.ErrorLines[^1], StringComparison.Ordinal);
        Assert.True(ModelFile.Load(folder["model.npz"]).ComponentCount >= 1);
        using JsonDocument report = JsonDocument.Parse(File.ReadAllBytes(folder["report.json"]));
        Assert.Equal("cancelled", report.RootElement.GetProperty("stopReason").GetString());
        Assert.Equal(report.RootElement.GetProperty("iterations").GetInt32(), report.RootElement.GetProperty("history").GetArrayLength());
        return true;
    }

    private static void WaitFor(string path)
    {
        for (int i = 0; i < 2000 && !File.Exists(path); i++)
        {
            Thread.Sleep(10);
        }

        Assert.True(File.Exists(path));
    }
}
