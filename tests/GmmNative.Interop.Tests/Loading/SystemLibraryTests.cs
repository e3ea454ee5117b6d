using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using GmmNative.TestSupport;

namespace GmmNative.Interop.Tests;

/// <summary>Finding the file behind a bare name as Linux's loader does.</summary>
[Trait(SelfContainedLibraries.Requires, "Linux")]
public sealed class SystemLibraryTests
{
    [Fact]
    public void Find_CLibrary_IsTheOneThatIsLoaded()
    {
        string? found = SystemLibrary.Find("libc.so.6");
        Assert.NotNull(found);
        using Process process = Process.GetCurrentProcess();
        string loaded = process.Modules.Cast<ProcessModule>()
            .Single(module => Path.GetFileName(module.FileName).StartsWith("libc.so", StringComparison.Ordinal)).FileName;
        Assert.Equal(File.ReadAllBytes(loaded), File.ReadAllBytes(found));
        Assert.Null(SystemLibrary.ProblemOf(found));
    }

    [Fact]
    public void Find_NoSuchLibrary_IsNull() => Assert.Null(SystemLibrary.Find("libno-such-library.so.77"));

    [Fact]
    public void PathsOf_ListOfTwoNames_GivesThePlainFilesOfTheName()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write(
            "cache",
            Cache(("liba.so", "/x/liba.so", 1), ("liba.so", "/y/liba.so", 0), ("libb.so", "/y/libb.so", 0), ("liba.so", "/z/liba.so", 0)));
        Assert.Equal(["/y/liba.so", "/z/liba.so"], LoaderCache.PathsOf("liba.so", file));
        Assert.Empty(LoaderCache.PathsOf("libc.so", file));
    }

    [Fact]
    public void PathsOf_NewListBehindOldOne_ReadsTheNewOne()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("cache", [.. "ld.so-1.7.0\0\0\0\0\0"u8, .. Cache(("liba.so", "/y/liba.so", 0))]);
        Assert.Equal(["/y/liba.so"], LoaderCache.PathsOf("liba.so", file));
    }

    [Fact]
    public void PathsOf_CutShortAtAnyLength_GivesNoWrongName()
    {
        using var folder = new TemporaryFolder();
        byte[] cache = Cache(("liba.so", "/y/liba.so", 0), ("libb.so", "/y/libb.so", 0));
        for (int length = 0; length < cache.Length; length++)
        {
            string file = folder.Write("cache", cache[..length]);
            Assert.All(LoaderCache.PathsOf("liba.so", file), path => Assert.StartsWith(path, "/y/liba.so", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void PathsOf_NoList_IsEmpty()
    {
        using var folder = new TemporaryFolder();
        Assert.Empty(LoaderCache.PathsOf("liba.so", folder.PathOf("missing")));
    }

    private const string Magic = "glibc-ld.so.cache1.1";

    // glibc's format: 48 bytes of header, 24 bytes an entry, then the texts.
    private static byte[] Cache(params (string Name, string Path, ulong Features)[] entries)
    {
        int texts = 48 + (24 * entries.Length);
        var bytes = new List<byte>(new byte[texts - Magic.Length]);
        bytes.InsertRange(0, Encoding.ASCII.GetBytes(Magic));
        var numbers = new List<(int At, ulong Value, int Size)> { (20, (ulong)entries.Length, 4) };
        for (int i = 0; i < entries.Length; i++)
        {
            int entry = 48 + (24 * i);
            numbers.Add((entry + 4, (ulong)bytes.Count, 4));
            bytes.AddRange([.. Encoding.ASCII.GetBytes(entries[i].Name), 0]);
            numbers.Add((entry + 8, (ulong)bytes.Count, 4));
            bytes.AddRange([.. Encoding.ASCII.GetBytes(entries[i].Path), 0]);
            numbers.Add((entry + 16, entries[i].Features, 8));
        }

        byte[] cache = [.. bytes];
        Span<byte> number = stackalloc byte[8];
        foreach ((int at, ulong value, int size) in numbers)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(number, value);
            number[..size].CopyTo(cache.AsSpan(at));
        }

        return cache;
    }
}
