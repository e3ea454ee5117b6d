using System.Runtime.InteropServices;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Cli.Tests;

/// <summary>gmm sample: the rows of the library, in every format, on any number of threads.</summary>
[Trait("Lane", "Slow")]
public sealed class SampleCommandTests : IDisposable
{
    private const string Managed = "managed";

    private readonly TestFolder _folder = new();

    public SampleCommandTests() => ModelFile.Save(TestData.FullModel, _folder["model.npz"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Sample_RowsAndLabels_AreThoseOfTheLibrary()
    {
        GmmProcessResult result = Succeed("-n 3000 --seed -4 -o rows.npy --labels labels.i32");
        Assert.Equal("3000 rows of dimension 2 from 2 components, seed -4", Assert.Single(result.ErrorLines));
        Assert.Empty(result.StandardOutput);
        double[,] expected = TestData.FullModel.Sample(
            3000, out int[] labels, -4, new ExecutionOptions { Backend = Interop.Backends.Managed });
        Assert.Equal(expected.Cast<double>(), TestData.ReadNpy(_folder["rows.npy"]));
        Assert.Equal(labels, MemoryMarshal.Cast<byte, int>(File.ReadAllBytes(_folder["labels.i32"])).ToArray());
        using IVectorSource source = VectorFile.Open(_folder["rows.npy"]);
        Assert.Equal((2, 3000), (source.Dimension, source.RowCount));
    }

    [Fact]
    public void Sample_EachFormat_HasTheSameNumbers()
    {
        double[] expected = TestData.Doubles(Succeed("-n 100 -o - -q").StandardOutput);
        Assert.Equal(200, expected.Length);
        Succeed("-n 100 -o rows.csv --labels labels.csv");
        Assert.Equal(expected, File.ReadAllText(_folder["rows.csv"]).Split([',', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .Select(text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(["0", "1"], File.ReadAllLines(_folder["labels.csv"]).Distinct().Order());
        Succeed("-n 100 -o rows.f32");
        Assert.Equal(
            expected.Select(x => (float)x), MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(_folder["rows.f32"])).ToArray());
        ModelFile.Save(TestData.FullModel, _folder["model.gmm"]);
        Assert.Equal(expected, TestData.Doubles(
            Run("sample model.gmm --dimension 2 -k 2 -n 100 -o - -q").StandardOutput));
    }

    [Fact]
    public void Sample_AnyThreads_WritesTheSameBytes()
    {
        GmmProcessResult one = Succeed("-n 20000 -o - --labels one.npy --threads 1");
        foreach (string threads in (string[])["2", "3", "8"])
        {
            GmmProcessResult more = Succeed($"-n 20000 -o - --labels more.npy --threads {threads}");
            Assert.Equal(one.StandardOutput, more.StandardOutput);
            Assert.Equal(File.ReadAllBytes(_folder["one.npy"]), File.ReadAllBytes(_folder["more.npy"]));
        }
    }

    [Fact]
    public void Sample_NoRowsOrOne_IsAWholeFile()
    {
        Succeed("-n 0 -o none.npy --labels none.csv");
        Assert.Contains("'shape': (0, 2)", File.ReadAllText(_folder["none.npy"]), StringComparison.Ordinal);
        Assert.Empty(File.ReadAllBytes(_folder["none.csv"]));
        Succeed("-n 1 -o one.npy");
        Assert.Equal(2, TestData.ReadNpy(_folder["one.npy"]).Length);
    }

    [Fact]
    public void Sample_MoreThanMemoryHolds_IsWritten()
    {
        // 64 MB of rows, and a heap of 24 MB.
        GmmProcessResult result = GmmProcess.Run(
            ["sample", "model.npz", "-n", "4000000", "-o", "rows.raw", "--threads", "4", "--backend", Managed],
            environment: new Dictionary<string, string?> { ["DOTNET_GCHeapHardLimit"] = "0x1800000" }, workingDirectory: _folder.Root);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(64_000_000, new FileInfo(_folder["rows.raw"]).Length);
    }

    [Fact]
    [Trait(SelfContainedLibraries.Requires, "Linux")]
    public void Sample_ReaderClosesThePipe_EndsWithSuccess()
    {
        GmmProcessResult result = GmmShell.Run(
            "(gmm sample model.npz -n 5000000000 -o -; echo $? > code) | head -c 16 | wc -c; cat code", _folder.Root);
        Assert.Equal(["16", "0"], result.OutputText.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim()));
        Assert.Empty(result.ErrorLines);
    }

    [Theory]
    [InlineData("sample model.npz -o rows.npy", "-n N is missing")]
    [InlineData("sample model.npz -n 5", "-o FILE is missing")]
    [InlineData("sample -n 5 -o rows.npy", "MODEL is missing")]
    [InlineData("sample model.npz -n -1 -o rows.npy", "'-1' is not a whole number of at least 0")]
    [InlineData("sample model.npz -n 1.5 -o rows.npy", "'1.5' is not a whole number")]
    [InlineData("sample model.npz -n 5 -o rows.txt", "'.txt' is not a format of arrays")]
    [InlineData("sample model.npz -n 5 -o rows.npy --labels labels.f64x", "--labels")]
    [InlineData("sample model.npz -n 5 -o model.npz", "the same file")]
    [InlineData("sample model.npz -n 5 -o rows.npy --labels rows.npy", "the same file")]
    [InlineData("sample model.npz -n 5 -o rows.npy --seed x", "--seed")]
    [InlineData("sample model.npz -n 5 -o rows.npy --batch-size 5", "--batch-size is not an option")]
    [InlineData("sample other.gmm -n 5 -o rows.npy", "add --dimension and -k")]
    public void Sample_WrongUse_IsOneLine(string command, string expected) => Failing.Check(_folder, 2, command.Split(' '), [expected]);

    [Fact]
    public void Sample_NoModel_IsOneLine() =>
        Failing.Check(_folder, 1, "sample none.npz -n 5 -o rows.npy".Split(' '), ["none.npz"]);

    private GmmProcessResult Succeed(string arguments)
    {
        GmmProcessResult result = Run($"sample model.npz {arguments}");
        Assert.True(result.ExitCode == 0, result.StandardError);
        return result;
    }

    private GmmProcessResult Run(string command) =>
        GmmProcess.Run([.. command.Split(' '), "--backend", Managed], workingDirectory: _folder.Root);
}
