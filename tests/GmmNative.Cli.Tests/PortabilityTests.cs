using System.Text.Json;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Cli.Tests;

/// <summary>Names of files, line ends and letters: the same on every platform.</summary>
[Trait("Lane", "Slow")]
public sealed class PortabilityTests
{
    public static TheoryData<string> Names => ["with spaces in it", "Müller Ω", "模型, 2 & 3 (x86)"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Run_FilesOfAnyName_ReadsAndWritesThem(string name)
    {
        using TestFolder folder = new();
        Directory.CreateDirectory(folder[name]);
        File.Copy(TestData.Faithful, Path.Combine(folder[name], $"{name}.csv"));

        // By a relative path, and by a full one.
        Succeed(folder[name], "train", $"{name}.csv", "-k", "2", "-o", $"{name}.npz", "--report", $"{name}.json", "-q");
        string model = Path.Combine(folder[name], $"{name}.npz");
        string scores = Path.Combine(folder[name], $"{name}.npy");
        Succeed(folder.Root, "score", model, Path.Combine(folder[name], $"{name}.csv"), "-o", scores);
        Assert.Equal(272, TestData.ReadNpy(scores).Length);
        Assert.Equal(2, ModelFile.Load(model).ComponentCount);
        Assert.Equal(4, Directory.GetFiles(folder[name]).Length);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Run_ProblemWithAFileOfAnyName_NamesItInUtf8(string name)
    {
        using TestFolder folder = new();
        folder.Write($"{name}.csv", "1,2\n3,x\n");
        Failing.Check(folder, 1, ["train", $"{name}.csv", "-k", "1", "-o", "model.npz"], [$"{name}.csv, line 2, column 2: "]);
        Failing.Check(folder, 1, ["info", $"{name}.npz"], [$"{name}.npz"]);
    }

    [Fact]
    public void Train_CarriageReturnsInCsv_GivesTheSameModel()
    {
        using TestFolder folder = new();
        string[] lines = File.ReadAllLines(TestData.Faithful);
        folder.Write("unix.csv", string.Join('\n', lines) + "\n");
        folder.Write("windows.csv", string.Join("\r\n", lines) + "\r\n");
        Succeed(folder.Root, "train", "unix.csv", "-k", "2", "-o", "unix.npz", "-q");
        Succeed(folder.Root, "train", "windows.csv", "-k", "2", "-o", "windows.npz", "-q");
        Assert.Equal(File.ReadAllBytes(folder["unix.npz"]), File.ReadAllBytes(folder["windows.npz"]));
    }

    [Fact]
    public void Run_TextOutput_HasNoCarriageReturns()
    {
        using TestFolder folder = new();
        Succeed(folder.Root, "train", TestData.Faithful, "-k", "2", "-o", "model.json", "--report", "report.json", "-q");
        Succeed(folder.Root, "score", "model.json", TestData.Faithful, "-o", "scores.csv");
        Succeed(folder.Root, "posterior", "model.json", TestData.Faithful, "-o", "posterior.tsv");
        foreach (string file in (string[])["model.json", "report.json", "scores.csv", "posterior.tsv"])
        {
            byte[] text = File.ReadAllBytes(folder[file]);
            Assert.DoesNotContain((byte)'\r', text);
            Assert.Equal((byte)'\n', text[^1]);
        }

        string[][] printing = [["score", "model.json", TestData.Faithful], ["info", "model.json", "--json"], ["backends", "--json"]];
        foreach (string[] arguments in printing)
        {
            byte[] text = Succeed(folder.Root, arguments).StandardOutput;
            Assert.DoesNotContain((byte)'\r', text);
            Assert.Equal((byte)'\n', text[^1]);
        }
    }

    [Fact]
    public void Score_BytesThatTextWouldChange_GoThroughBinary()
    {
        // Every byte a console might touch: line ends, the end-of-file mark of DOS, and those that are no text at all.
        using TestFolder folder = new();
        ModelFile.Save(TestData.Model, folder["model.npz"]);
        double[] rows = [.. Enumerable.Range(0, 256)
            .Select(value => BitConverter.Int64BitsToDouble(0x3FF0_0000_0000_0000 | (value * 0x0101_0101_0101L)))];
        byte[] input = TestData.Bytes(rows);
        Assert.Contains((byte)0x1A, input);
        Assert.Contains((byte)'\r', input);
        folder.Write("data.f64", input);
        Succeed(folder.Root, "posterior", "model.npz", "data.f64", "--dimension", "2", "-o", "file.raw");
        GmmProcessResult piped = GmmProcess.Run(
            ["posterior", "model.npz", "-", "--dimension", "2", "-o", "-"], input, workingDirectory: folder.Root);
        Assert.Equal(0, piped.ExitCode);
        Assert.Equal(File.ReadAllBytes(folder["file.raw"]), piped.StandardOutput);
    }

    [Fact]
    [Trait(SelfContainedLibraries.Requires, "Windows")]
    public void Convert_OutputDiffersInCaseOnly_IsTheSameFile()
    {
        using TestFolder folder = new();
        ModelFile.Save(TestData.Model, folder["model.npz"]);
        Failing.Check(folder, 2, ["convert", "model.npz", "MODEL.NPZ"], ["the same file"]);
    }

    [Fact]
    public void Train_Report_TellsMemoryOfThisSystem()
    {
        using TestFolder folder = new();
        Succeed(folder.Root, "train", TestData.Speech, "-k", "4", "--iterations", "2", "-o", "model.npz", "--report", "report.json", "-q");
        using JsonDocument report = JsonDocument.Parse(File.ReadAllBytes(folder["report.json"]));
        Assert.InRange(report.RootElement.GetProperty("peakMemoryBytes").GetInt64(), 10L << 20, 8L << 30);
    }

    private static GmmProcessResult Succeed(string folder, params string[] arguments)
    {
        GmmProcessResult result = GmmProcess.Run(arguments, workingDirectory: folder);
        Assert.True(result.ExitCode == 0, result.StandardError);
        return result;
    }
}
