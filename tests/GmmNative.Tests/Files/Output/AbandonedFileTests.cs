using GmmNative.Files.Output;
using GmmNative.Tests.Support;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Files;

/// <summary>What an ending process does to the files that it is writing. It runs alone: it removes those of all other tests as well.</summary>
[Collection(RunsAlone.Name)]
public sealed class AbandonedFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AbandonAll_WhileAFileIsWritten_LeavesNoneAndKeepsTheOldOne()
    {
        string path = _folder.Write("x.bin", "old");
        Assert.Throws<OperationCanceledException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write("new"u8);
            TemporaryFile.AbandonAll();
            Assert.Equal(["x.bin"], _folder.FileNames());
        }));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["x.bin"], _folder.FileNames());
    }
}
