using GmmNative.TestSupport;

namespace GmmNative.Interop.Tests;

/// <summary>The look at a Windows library, on every system: whole, cut short, and damaged in each of its bytes.</summary>
public sealed class PeFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_WholeLibrary_TellsWhatItNeeds()
    {
        PeFile file = Read(new PeImage("libgcc_s_seh-1.dll", "KERNEL32.dll").Bytes);
        Assert.Null(file.Problem);
        Assert.False(file.IsForeign);
        Assert.Equal(["libgcc_s_seh-1.dll", "KERNEL32.dll"], file.Needed);
    }

    [Fact]
    public void Read_LibraryThatNeedsNone_IsWhole()
    {
        PeFile file = Read(new PeImage().Bytes);
        Assert.Null(file.Problem);
        Assert.Empty(file.Needed);
    }

    [Fact]
    public void Read_CutShortAtAnyLength_SaysSo()
    {
        byte[] bytes = new PeImage("a.dll").Bytes;
        for (int length = 0; length < bytes.Length; length++)
        {
            string expected = length == 0 ? "the file is empty" : length == 1
                ? "not a shared library (no PE header)" : "the file is truncated";
            Assert.StartsWith(expected, Read(bytes[..length]).Problem, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(0xAA64, "wrong architecture (PE machine 0xAA64)")]
    [InlineData(0x014C, "wrong architecture (PE machine 0x014C)")]
    public void Read_OtherMachine_IsForeign(int machine, string expected)
    {
        PeFile file = Read(new PeImage("a.dll") { Machine = machine }.Bytes);
        Assert.Equal(expected, file.Problem);
        Assert.True(file.IsForeign);
    }

    [Fact]
    public void Read_Program_IsNoLibrary() =>
        Assert.Equal("not a shared library (a program)", Read(new PeImage("a.dll") { Characteristics = 0x22 }.Bytes).Problem);

    [Fact]
    public void Read_HeaderOf32Bits_IsDamaged() =>
        Assert.Equal("not a shared library (damaged PE header)", Read(new PeImage("a.dll") { Magic = 0x10B }.Bytes).Problem);

    [Fact]
    public void Read_ImportsInNoSection_AreDamaged() =>
        Assert.Equal(
            "not a shared library (damaged import table)", Read(new PeImage("a.dll") { ImportAddress = 0x70000000 }.Bytes).Problem);

    [Fact]
    public void Read_SignatureBehindTheEnd_IsTruncated()
    {
        var image = new PeImage("a.dll");
        image.SignatureEnd = image.Bytes.Length;
        Assert.Null(Read(image.Bytes).Problem);
        image.SignatureEnd = image.Bytes.Length + 1;
        Assert.StartsWith("the file is truncated", Read(image.Bytes).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AnyByteChanged_EndsWithAnAnswer()
    {
        byte[] whole = new PeImage("a.dll", "b.dll").Bytes;
        for (int at = 0; at < whole.Length; at++)
        {
            foreach (byte value in (byte[])[0x00, 0x7F, 0xFF])
            {
                byte[] bytes = [.. whole];
                bytes[at] = value;
                PeFile file = Read(bytes);
                Assert.True(file.Problem is null or { Length: > 0 });
                Assert.True(file.Needed.Count <= 2);
            }
        }
    }

    [Theory]
    [InlineData("INPUT(libsomething.so)")]
    [InlineData("MZ is how a text may begin, too, and this one is longer than the header of a program for DOS would be")]
    public void Read_Text_IsNoLibrary(string text)
    {
        string? problem = PeFile.Read(_folder.Write("library.dll", text)).Problem;
        Assert.Matches("^(not a shared library|the file is truncated)", problem);
    }

    private PeFile Read(byte[] bytes) => PeFile.Read(_folder.Write("library.dll", bytes));
}
