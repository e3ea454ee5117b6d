using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Files;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_WhenItFails_LeavesTheOldFileAndNothingElse()
    {
        string path = _folder.Write("x.bin", "old");
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write(new byte[1_000_000]);
            Assert.Equal("old", File.ReadAllText(path));
            throw new InvalidOperationException("on the way");
        }));
        Assert.Equal(["x.bin"], _folder.FileNames());
        Assert.Equal("old", File.ReadAllText(path));
    }

    [Fact]
    public void Write_WhenTheContentsCannotBeWritten_NamesTheFile()
    {
        string path = _folder.PathOf("x.bin");
        Refusal.ExpectWrite(() => AtomicFile.Write(path, _ => throw new IOException("No space left on device")), path, "No space left");
        Assert.Empty(_folder.FileNames());
    }

    [Fact]
    public void Write_OverAnOldFile_ReplacesIt()
    {
        string path = _folder.Write("x.bin", "a longer old text");
        AtomicFile.Write(path, stream => stream.Write("new"u8));
        Assert.Equal("new", File.ReadAllText(path));
        Assert.Equal(["x.bin"], _folder.FileNames());
    }

    [Fact]
    [Trait(SelfContainedLibraries.Requires, "Linux")] // making a link needs a privilege on Windows
    public void Write_ToALink_KeepsTheLinkAndReplacesItsTarget()
    {
        string target = _folder.Write("target.bin", "old");
        string link = _folder.PathOf("link.bin");
        File.CreateSymbolicLink(link, "target.bin");
        AtomicFile.Write(link, stream => stream.Write("new"u8));
        Assert.Equal("new", File.ReadAllText(target));
        Assert.NotNull(File.ResolveLinkTarget(link, returnFinalTarget: false));
    }

    [Fact]
    public void CheckWritable_WhereItIs_LeavesNothingBehind()
    {
        AtomicFile.CheckWritable(_folder.PathOf("x.bin"));
        ArrayFile.CheckWritable(_folder.PathOf("x.npy"));
        AtomicFile.CheckWritable("-");
        Assert.Empty(_folder.FileNames());
    }

    [Fact]
    public void CheckWritableAndWrite_MissingFolder_NamesIt()
    {
        string path = _folder.PathOf("nowhere/x.bin");
        Refusal.ExpectWrite(() => AtomicFile.CheckWritable(path), path, $"the folder {_folder.PathOf("nowhere")} does not exist");
        Refusal.ExpectWrite(() => AtomicFile.Write(path, _ => Assert.Fail("called")), path, "does not exist");
        Assert.Empty(_folder.FileNames());
    }

    [Fact]
    public void CheckWritable_FolderOrNoName_SaysSo()
    {
        Refusal.ExpectWrite(() => AtomicFile.CheckWritable(_folder.FullName), _folder.FullName, "this is a folder");
        Refusal.ExpectWrite(() => AtomicFile.CheckWritable(""), "not a file name");
    }

    [Fact]
    [Trait(SelfContainedLibraries.Requires, "Windows")]
    public void Write_ToTheNullDevice_MakesNoFile()
    {
        string before = Environment.CurrentDirectory;
        AtomicFile.CheckWritable("NUL");
        AtomicFile.Write("NUL", stream => stream.Write("text"u8));
        Assert.False(File.Exists(Path.Combine(before, "NUL")) && new FileInfo(Path.Combine(before, "NUL")).Length > 0);
        Assert.Empty(_folder.FileNames());
    }

    [Fact]
    [Trait(SelfContainedLibraries.Requires, "Windows")] // elsewhere a file that is open can be replaced
    public void Write_OverAFileThatIsOpen_SaysSoAndKeepsIt()
    {
        string path = _folder.Write("x.bin", "old");
        using (FileStream open = File.OpenRead(path))
        {
            Refusal.ExpectWrite(() => AtomicFile.Write(path, stream => stream.Write("new"u8)), path, "another program has it open");
        }

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["x.bin"], _folder.FileNames());
    }

    [Fact]
    [Trait(SelfContainedLibraries.Requires, "Linux")]
    public void Write_ToADevice_DoesNotReplaceIt()
    {
        AtomicFile.CheckWritable("/dev/null");
        AtomicFile.Write("/dev/null", stream => stream.Write("text"u8));
        Assert.Equal(0, new FileInfo("/dev/null").Length);
        using FileStream device = File.OpenRead("/dev/null");
        Assert.Equal(-1, device.ReadByte());
    }
}
