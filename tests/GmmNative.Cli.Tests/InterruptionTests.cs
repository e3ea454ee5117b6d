using System.Runtime.Versioning;
using System.Text.Json;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Cli.Tests;

[Trait("Lane", "Slow")]
public sealed class InterruptionTests
{
    // Far more iterations than any test waits for.
    private static readonly string[] LongTraining =
        ["train", TestData.Speech, "-k", "64", "--init", "random", "--iterations", "1000000", "--tolerance", "0", "--threads", "1", "-v"];

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [Trait(SelfContainedLibraries.Requires, "Linux")]
    public void Train_Signal_KeepsTheModelOfTheLastIteration(string signal) => AssertKeepsModel(process => process.Signal(signal));

    [Fact]
    [Trait(SelfContainedLibraries.Requires, "Windows")]
    [Trait(SelfContainedLibraries.Requires, "Console")]
    [SupportedOSPlatform("windows")]
    public void Train_ControlBreak_KeepsTheModelOfTheLastIteration() => AssertKeepsModel(process => process.ControlBreak());

    [Fact]
    public void Train_KilledHalfWay_LeavesNothing()
    {
        using TestFolder folder = new();
        using GmmProcess process = GmmProcess.Start([.. LongTraining, "-o", folder["model.npz"]]);
        process.WaitForError("iteration 3:");
        process.Kill();
        process.WaitForExit();
        Assert.Empty(Directory.GetFiles(folder.Root));
    }

    [Fact]
    public void Convert_KilledAtAnyTime_LeavesAWholeModelOrNone()
    {
        using TestFolder folder = new();
        const int Dimension = 60;
        const int Components = 100;
        double[] covariances = new double[Components * Dimension * Dimension];
        for (int i = 0; i < Components * Dimension; i++)
        {
            covariances[(i * Dimension) + (i % Dimension)] = 1.0 + (1.0 / (i + 3));
        }

        GaussianMixture model = new(
            new CovarianceStructure(CovarianceKind.Full, Dimension),
            [.. Enumerable.Repeat(1.0 / Components, Components)],
            [.. Enumerable.Range(0, Components * Dimension).Select(i => Math.Sin(i))],
            covariances);
        ModelFile.Save(model, folder["model.npz"]);
        bool finished = false;
        for (int delay = 40; !finished; delay += 15)
        {
            using GmmProcess process = GmmProcess.Start(["convert", folder["model.npz"], folder["out.json"]]);
            finished = process.EndsWithin(TimeSpan.FromMilliseconds(delay));
            process.Kill();
            process.WaitForExit();
            if (File.Exists(folder["out.json"]))
            {
                Assert.Equal(model.Means.ToArray(), ModelFile.Load(folder["out.json"]).Means.ToArray());
                File.Delete(folder["out.json"]);
            }
        }
    }

    [Fact]
    [Trait(SelfContainedLibraries.Requires, "Linux")]
    public async Task Score_ReaderOfOutputGoesAway_EndsQuietly()
    {
        using TestFolder folder = new();
        GmmProcessResult trained = GmmProcess.Run(
            "train", TestData.Speech, "-k", "2", "-o", folder["model.npz"], "--iterations", "1", "-q");
        Assert.Equal(0, trained.ExitCode);
        string program = Path.Combine(AppContext.BaseDirectory, "gmm.dll");
        using System.Diagnostics.Process shell = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("sh")
        {
            ArgumentList = { "-c", $"dotnet '{program}' score '{folder["model.npz"]}' '{TestData.Speech}' -q | head -n 1" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> error = shell.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Single(output.TrimEnd('\n').Split('\n'));
        Assert.Empty(await error);
    }

    [Theory]
    [Trait(SelfContainedLibraries.Requires, "Linux")]
    [InlineData("score")]
    [InlineData("predict")]
    public async Task Command_ReaderOfOutputGoesAway_LeavesTheOtherRowsUncomputed(string command)
    {
        // The last row is not finite, so a command that computes all rows ends with an error.
        using TestFolder folder = new();
        const int Rows = 2_000_000;
        ModelFile.Save(TestData.Model, folder["model.npz"]);
        byte[] rows = new byte[Rows * 2 * sizeof(double)];
        BitConverter.TryWriteBytes(rows.AsSpan(rows.Length - sizeof(double)), double.NaN);
        folder.Write("data.f64", rows);
        string program = Path.Combine(AppContext.BaseDirectory, "gmm.dll");
        using System.Diagnostics.Process shell = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("bash")
        {
            ArgumentList =
            {
                "-c",
                $"dotnet '{program}' {command} '{folder["model.npz"]}' '{folder["data.f64"]}' --dimension 2 | head -n 1; "
                    + "echo ${PIPESTATUS[0]}",
            },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> error = shell.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string[] output = (await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).TrimEnd('\n').Split('\n');
        Assert.Equal(2, output.Length);
        Assert.Equal("0", output[1]);
        Assert.Empty(await error);
    }

    private static void AssertKeepsModel(Action<GmmProcess> interrupt)
    {
        using TestFolder folder = new();
        using GmmProcess process = GmmProcess.Start([.. LongTraining, "-o", folder["model.npz"], "--report", folder["report.json"]]);
        process.WaitForError("iteration 3:");
        interrupt(process);
        GmmProcessResult result = process.WaitForExit();
        Assert.Equal(130, result.ExitCode);
        Assert.StartsWith("gmm: interrupted", result.ErrorLines[^1], StringComparison.Ordinal);
        Assert.Contains("model.npz", result.ErrorLines[^1], StringComparison.Ordinal);
        Assert.Equal(64, ModelFile.Load(folder["model.npz"]).ComponentCount);
        using JsonDocument report = JsonDocument.Parse(File.ReadAllBytes(folder["report.json"]));
        Assert.Equal("cancelled", report.RootElement.GetProperty("stopReason").GetString());
        Assert.True(report.RootElement.GetProperty("iterations").GetInt32() >= 3);
        Assert.Equal(2, Directory.GetFiles(folder.Root).Length);
    }
}
