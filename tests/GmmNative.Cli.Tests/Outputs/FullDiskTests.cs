using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Cli.Tests;

/// <summary>A disk without room, and files that must not grow: one line, the old file whole, no leftover.</summary>
[Trait(SelfContainedLibraries.Requires, "Linux")]
[Trait("Lane", "Slow")]
public sealed class FullDiskTests : IDisposable
{
    // The runtime cannot start under a limit of file sizes while it maps its code twice.
    private const string Limited = "ulimit -f 40; export DOTNET_EnableWriteXorExecute=0;";

    private readonly TestFolder _folder = new();

    public FullDiskTests()
    {
        string[] training = ["train", TestData.Speech, "-k", "2", "-o", _folder["model.npz"], "--iterations", "1", "-q"];
        Assert.Equal(0, GmmProcess.Run(training).ExitCode);
        Directory.CreateDirectory(_folder["disk"]);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("score", "old.csv")]
    [InlineData("posterior", "old.npy")]
    [InlineData("predict", "old.tsv")]
    public void Write_DiskIsFull_KeepsTheOldFile(string command, string name)
    {
        // Only root may mount; for everybody else a limit of sizes stands in.
        string mount = GmmShell.Run("mount -t tmpfs -o size=12k tmpfs disk", _folder.Root).ExitCode == 0 ? "" : Limited;
        try
        {
            string reason = mount.Length == 0 ? "the disk is full" : "ulimit -f";
            Check($"{mount} gmm {command} model.npz '{TestData.Speech}' -q -o disk/{name}", name, reason);
        }
        finally
        {
            if (mount.Length == 0)
            {
                Assert.Equal(0, GmmShell.Run("umount disk", _folder.Root).ExitCode);
            }
        }
    }

    [Fact]
    public void Write_FileMustNotGrow_KeepsTheOldFile() =>
        Check($"{Limited} gmm score model.npz '{TestData.Speech}' -q -o disk/old.csv", "old.csv", "ulimit -f");

    [Fact]
    public void Train_PosteriorsFindNoRoom_KeepsTheModel()
    {
        GmmProcessResult result = GmmShell.Run(
            $"{Limited} gmm train '{TestData.Speech}' -k 2 --iterations 2 -q -o disk/new.npz --posterior disk/old.npy", _folder.Root);
        Assert.Contains("ulimit -f", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(2, ModelFile.Load(_folder["disk/new.npz"]).ComponentCount);
        Assert.Single(Directory.GetFileSystemEntries(_folder["disk"]));
    }

    private void Check(string script, string name, string reason)
    {
        _folder.Write($"disk/{name}", "old");
        GmmProcessResult result = GmmShell.Run(script, _folder.Root);
        string line = Assert.Single(result.ErrorLines);
        Assert.Contains($"disk/{name}", line, StringComparison.Ordinal);
        Assert.Contains(reason, line, StringComparison.Ordinal);
        Assert.Equal(1, result.ExitCode);
        Assert.Equal("old", File.ReadAllText(_folder[$"disk/{name}"]));
        Assert.Single(Directory.GetFileSystemEntries(_folder["disk"]));
    }
}
