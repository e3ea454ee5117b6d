using System.Runtime.InteropServices;
using CsCheck;
using GmmNative.Files.Detection;
using GmmNative.Files.Options;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Files;

/// <summary>Files of other formats are named for what they are; raw numbers never are.</summary>
public sealed class ForeignFormatTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Kinds => [.. ForeignFiles.All.Keys];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Open_ForeignFile_IsNamedWhateverItsExtension(string kind)
    {
        (string extension, byte[] content) = ForeignFiles.All[kind];
        foreach (string name in (string[])[$"x{extension}", "x", "x.dat", "x.raw", "x.npy", "x.csv", "x.txt"])
        {
            foreach (int? dimension in (int?[])[null, 1, 2, 39])
            {
                string path = _folder.Write(name, content);
                Refusal.Expect<VectorDataException>(
                    () => VectorFile.Open(path, new VectorFileOptions { Dimension = dimension }), path, kind);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Open_ForeignFileInGzip_IsNamed(string kind)
    {
        (string extension, byte[] content) = ForeignFiles.All[kind];

        // The R object is packed already.
        if (kind != "R object")
        {
            Refusal.ExpectVectors(_folder.Write($"x{extension}.gz", ForeignFiles.Gzip(content)), kind);
        }
    }

    [Fact]
    public void Open_RawAskedFor_ReadsAnyBytes()
    {
        string path = _folder.Write("x.bin", [.. "PAR1"u8, .. new byte[12]]);
        Assert.Equal(2, Count(path, new VectorFileOptions { Dimension = 1, Format = VectorFileFormat.Raw }));
    }

    [Theory]
    [InlineData("x.f32", null, 2)]
    [InlineData("x.bin", RawNumberType.Float32, 2)]
    public void Open_HtkHeaderInTypedNumbers_IsReadAsNumbers(string name, RawNumberType? type, int dimension)
    {
        byte[] content = ForeignFiles.Htk(bigEndian: true);
        string path = _folder.Write(name, content[..(content.Length / 8 * 8)]);
        Assert.True(Count(path, new VectorFileOptions { Dimension = dimension, RawType = type }) > 100);
    }

    [Fact]
    public void Open_NumPyArrayUnderAnyName_IsReadAsOne()
    {
        byte[] array = File.ReadAllBytes(Fixture.PathOf("f8.npy"));
        foreach (string name in (string[])["x", "x.csv", "x.dat", "x.f64", "x.npy.gz", "x.gz"])
        {
            string path = _folder.Write(name, name.EndsWith(".gz", StringComparison.Ordinal) ? ForeignFiles.Gzip(array) : array);
            IVectorSource source = VectorFile.Open(path, new VectorFileOptions { Dimension = 7 });
            Assert.Equal([0.5, 1.5, 10.5, 11.5, 20.5, 21.5], source.ReadAll());
            (source as IDisposable)?.Dispose();
        }
    }

    [Theory]
    [InlineData("x.npy", "text, not a NumPy array")]
    [InlineData("x.f64", "text, not raw numbers")]
    [InlineData("x.raw", "text, not raw numbers")]
    public void Open_TextUnderANameOfNumbers_IsRefused(string name, string problem)
    {
        string path = _folder.Write(name, string.Concat(Enumerable.Range(0, 40).Select(i => $"{i} {i + 0.5}\n")));
        Refusal.Expect<VectorDataException>(() => VectorFile.Open(path, new VectorFileOptions { Dimension = 2 }), problem, "--format");
        Assert.Equal(40, Count(path, new VectorFileOptions { Format = VectorFileFormat.Text }));
    }

    [Theory]
    [InlineData(VectorFileFormat.Npy, "1,2\n3,4\n", "does not start with the signature")]
    [InlineData(VectorFileFormat.Csv, "\u0093NUMPY", "not text")]
    [InlineData(VectorFileFormat.Csv, "a\0b\n", "not text")]
    public void Open_AnotherFormatThanAskedFor_IsRefused(VectorFileFormat format, string text, string problem)
    {
        byte[] content = text[0] == '\u0093' ? File.ReadAllBytes(Fixture.PathOf("f8.npy")) : System.Text.Encoding.UTF8.GetBytes(text);
        string path = _folder.Write("x", content);
        Refusal.Expect<VectorDataException>(() => VectorFile.Open(path, new VectorFileOptions { Format = format }), path, problem);
    }

    [Fact]
    public void Open_RawNumbersOfAnyKind_AreNeverTakenForSomethingElse()
    {
        Gen<byte[]> doubles = Gen.Double.Array[16, 200].Select(v => MemoryMarshal.AsBytes(v.AsSpan()).ToArray());
        Gen<byte[]> decimals = Gen.Int[-99_999, 99_999].Array[16, 200]
            .Select(v => MemoryMarshal.AsBytes<double>(v.Select(i => i / 100.0).ToArray()).ToArray());
        Gen<byte[]> whole = Gen.Int[0, 255].Array[16, 200].Select(v =>
            MemoryMarshal.AsBytes<double>(v.Select(i => (double)i).ToArray()).ToArray());
        Gen<byte[]> widened = Gen.Float[-9, 9].Array[16, 200].Select(v =>
            MemoryMarshal.AsBytes<double>(v.Select(i => (double)i).ToArray()).ToArray());
        Gen.OneOf(doubles, decimals, whole, widened).Sample(
            bytes => new FormatChoice(new VectorFileOptions(), ".DAT").Choose(
                bytes, bytes.Length) == VectorFormat.Raw, iter: 50_000, threads: 1);
    }

    private static long? Count(string path, VectorFileOptions options)
    {
        IVectorSource source = VectorFile.Open(path, options);
        using IDisposable? file = source as IDisposable;
        return source.RowCount;
    }
}
