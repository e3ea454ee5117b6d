using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Files;

/// <summary>The targets of outputs through links, and the errors if a target cannot be written.</summary>
public sealed class AtomicFileLinkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait(SelfContainedLibraries.Requires, "Linux")] // making a link needs a privilege on Windows
    public void Write_ToALinkToAnotherLink_ReplacesTheLastTarget()
    {
        string target = _folder.Write("target.bin", "old");
        string middle = _folder.PathOf("middle.bin");
        string link = _folder.PathOf("link.bin");
        File.CreateSymbolicLink(middle, "target.bin");
        File.CreateSymbolicLink(link, middle);
        AtomicFile.CheckWritable(link);
        AtomicFile.Write(link, stream => stream.Write("new"u8));
        Assert.Equal("new", File.ReadAllText(target));
        Assert.Equal(middle, File.ResolveLinkTarget(link, returnFinalTarget: false)!.FullName);
        Assert.Equal(target, File.ResolveLinkTarget(middle, returnFinalTarget: false)!.FullName);
        Assert.Null(new FileInfo(target).LinkTarget);
        Assert.Equal(AtomicFile.KeyOf(target), AtomicFile.KeyOf(link));
    }

    [Fact]
    public void Write_WhereItIsNotPermitted_SaysSo()
    {
        string path = _folder.PathOf("x.bin");
        string expected = OperatingSystem.IsWindows() ? "permission denied, or another program has it open." : "permission denied.";
        GmmException error = Assert.Throws<GmmException>(
            () => AtomicFile.Write(path, _ => throw new UnauthorizedAccessException("of the system")));
        Assert.Equal($"{path}: it cannot be written: {expected}", error.Message);
        Assert.IsType<UnauthorizedAccessException>(error.InnerException);
        Assert.Empty(_folder.FileNames());
    }

    [Fact]
    public void Write_ToStandardOutputThatFails_NamesIt()
    {
        GmmException error = Assert.Throws<GmmException>(() => AtomicFile.Write("-", _ => throw new UnauthorizedAccessException()));
        Assert.StartsWith("standard output: it cannot be written: permission denied", error.Message, StringComparison.Ordinal);
    }
}
