using System.Globalization;
using GmmNative.Files.Output;
using GmmNative.Interop.Posix;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Files;

/// <summary>Temporary files that a dead process left: removed by the next write to the folder, and none of anybody else's.</summary>
public sealed class LeftoverTests : IDisposable
{
    // No process of Linux or Windows has this number: it is beyond the largest.
    private const int NoProcess = int.MaxValue;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_LeftoverOfADeadProcess_RemovesIt()
    {
        _folder.Write(Name(TemporaryName.ThisHost, NoProcess, 5), "half");
        AtomicFile.Write(_folder.PathOf("x.bin"), stream => stream.Write("new"u8));
        Assert.Equal(["x.bin"], _folder.FileNames());
    }

    [Fact]
    public void Write_LeftoverOfAProcessWhoseNumberWasGivenAgain_RemovesIt()
    {
        ProcessLife own = ProcessLife.Current;
        _folder.Write(Name(TemporaryName.ThisHost, own.Id, own.Start + 1), "half");
        AtomicFile.Write(_folder.PathOf("x.bin"), stream => stream.Write("new"u8));
        Assert.Equal(["x.bin"], _folder.FileNames());
    }

    [Fact]
    public void Write_FilesOfOthers_KeepsThem()
    {
        string host = TemporaryName.ThisHost;
        ProcessLife own = ProcessLife.Current;
        string[] others =
        [
            Name("another.host", NoProcess, 5),
            Name(host + "x", NoProcess, 5),
            Name(host, own.Id, own.Start),
            $".gmm-{host}-notes.tmp",
            $".gmm-{host}-1-2-x.tmp",
            $".gmm-{host}-{NoProcess}-5-1.tmp.bak",
            ".hidden.tmp",
            "model.tmp",
        ];
        foreach (string name in others)
        {
            _folder.Write(name, "other");
        }

        AtomicFile.Write(_folder.PathOf("x.bin"), stream => stream.Write("new"u8));
        Assert.Equal(others.Append("x.bin").Order(StringComparer.Ordinal), _folder.FileNames());
    }

    [Fact]
    public void Write_LeftoverThatIsInUse_KeepsIt()
    {
        // As of a process in another container that has this machine's name.
        string name = Name(TemporaryName.ThisHost, NoProcess, 5);
        using (FileStream used = new(_folder.PathOf(name), FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            AtomicFile.Write(_folder.PathOf("x.bin"), stream => stream.Write("new"u8));
            Assert.Equal([name, "x.bin"], _folder.FileNames());
        }

        AtomicFile.Write(_folder.PathOf("x.bin"), stream => stream.Write("new"u8));
        Assert.Equal(["x.bin"], _folder.FileNames());
    }

    [Fact]
    public void Write_WhileItRuns_NamesItsFileByHostAndProcess()
    {
        AtomicFile.Write(_folder.PathOf("x.bin"), _ =>
        {
            TemporaryName? name = TemporaryName.Parse(Assert.Single(_folder.FileNames()));
            Assert.Equal(TemporaryName.ThisHost, name?.Host);
            Assert.Equal(ProcessLife.Current, name?.Process);
        });
    }

    private static string Name(string host, int process, long start) =>
        string.Create(CultureInfo.InvariantCulture, $".gmm-{host}-{process}-{start}-1.tmp");
}
