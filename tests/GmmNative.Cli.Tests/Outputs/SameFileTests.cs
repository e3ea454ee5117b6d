using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Cli.Tests;

/// <summary>An output that is an input or another output, by any name: exit code 2, and no file changes.</summary>
[Trait(SelfContainedLibraries.Requires, "Linux")]
[Trait("Lane", "Slow")]
public sealed class SameFileTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public SameFileTests()
    {
        ModelFile.Save(TestData.Model, _folder["model.npz"]);
        File.Copy(TestData.Faithful, _folder["data.csv"]);
        _folder.Write("narrow.csv", "1\n2\n3\n");
        Directory.CreateDirectory(_folder["folder"]);
        Directory.CreateSymbolicLink(_folder["linked"], "folder");
        foreach (string name in (string[])["data.csv", "model.npz"])
        {
            File.CreateSymbolicLink(_folder[$"link-{name}"], name);
            File.CreateSymbolicLink(_folder[$"far-{name}"], $"linked/../link-{name}");
            Assert.Equal(0, GmmShell.Run($"ln {name} hard-{name}", _folder.Root).ExitCode);
        }
    }

    public static TheoryData<string> Commands =>
    [
        "score model.npz data.csv -o link-data.csv",
        "score model.npz data.csv -o hard-data.csv",
        "score model.npz data.csv -o folder/../data.csv",
        "score model.npz data.csv -o far-data.csv",
        "score model.npz link-data.csv -o data.csv",
        "score model.npz hard-data.csv -o link-data.csv",
        "score model.npz data.csv -o hard-model.npz",
        "predict model.npz data.csv -o link-data.csv",
        "posterior model.npz data.csv -o link-data.csv",
        "transform model.npz narrow.csv -o link-model.npz",
        "transform model.npz narrow.csv -o out.npy --labels hard-model.npz",
        "transform model.npz narrow.csv -o out.npy --log-density link-model.npz",
        "transform model.npz narrow.csv -o folder/new.npy --labels linked/new.npy",
        "convert model.npz link-model.npz",
        "convert link-model.npz far-model.npz",
        "train data.csv -k 2 -o model.npz --report link-data.csv",
        "train data.csv -k 2 -o model.npz --posterior hard-data.csv",
        "train data.csv --init model.npz -o link-model.npz",
        "train data.csv --init link-model.npz -o hard-model.npz",
        "train data.csv --ubm model.npz --alpha 0.5 -o far-model.npz",
        "train data.csv --ubm hard-model.npz --alpha 0.5 -o model.npz",
        "train data.csv -k 2 -o folder/new.npz --report linked/new.npz",
        "train data.csv -k 2 -o folder/new.npz --posterior folder/./new.npz",
        "train narrow.csv link-data.csv -k 2 -o new.npz --report data.csv",
    ];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Commands))]
    public void Run_OutputIsTheSameFile_TouchesNothing(string commandLine)
    {
        string[] before = Contents();
        Failing.Check(_folder, 2, commandLine.Split(' '), ["the same file"]);
        Assert.Equal(before, Contents());
    }

    [Theory]
    [InlineData("gmm score model.npz data.csv >> data.csv")]
    [InlineData("gmm score model.npz data.csv -o - >> link-data.csv")]
    [InlineData("gmm score model.npz - --dimension 2 -o raw.f64 < raw.f64")]
    [InlineData("gmm transform model.npz narrow.csv -o - --labels /dev/stdout")]
    public void Run_OutputIsAStreamOfTheSameFile_TouchesNothing(string script)
    {
        _folder.Write("raw.f64", TestData.Bytes(1, 2, 3, 4));
        string[] before = Contents();
        GmmProcessResult result = GmmShell.Run(script, _folder.Root);
        Assert.Contains("the same file", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(2, result.ExitCode);
        Assert.Equal(before, Contents());
    }

    [Fact]
    public void Transform_TwoOutputsToTheNullDevice_IsFine()
    {
        GmmProcessResult result = GmmProcess.Run(
            ["transform", "model.npz", "narrow.csv", "-q", "-o", "/dev/null", "--labels", "/dev/null"], workingDirectory: _folder.Root);
        Assert.Equal("", result.StandardError);
        Assert.Equal(0, result.ExitCode);
    }

    private string[] Contents() =>
    [
        .. Directory.EnumerateFiles(_folder.Root).Order(StringComparer.Ordinal)
            .Select(path => $"{path} {Convert.ToHexString(File.ReadAllBytes(path))}"),
    ];
}
