using System.Runtime.InteropServices;
using GmmNative.Errors;
using GmmNative.Files.Numbers;
using GmmNative.Files.Rows;
using GmmNative.Files.Vectors;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Files;

public sealed class RawVectorTests : IDisposable
{
    private static readonly double[] Values = [1, 2.5, -3, 4, 5e300, 6];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_RawDoubles_GivesTheRows()
    {
        string path = _folder.Write("x.f64", MemoryMarshal.AsBytes<double>(Values).ToArray());
        IVectorSource source = VectorFile.Open(path, new VectorFileOptions { Dimension = 2 });
        using IDisposable file = Assert.IsAssignableFrom<IDisposable>(source);
        Assert.Equal(3, source.RowCount);
        Assert.Equal(Values, source.ReadAll(2));
        Assert.Equal($"{path}, row 3", source.DescribeRow(2));
    }

    [Fact]
    public void Open_RawSingles_GivesTheRowsAsDouble()
    {
        string path = _folder.Write("x.bin", MemoryMarshal.AsBytes<float>([1, 2.5f, -3]).ToArray());
        IVectorSource source = VectorFile.Open(path, new VectorFileOptions { Dimension = 3, RawType = RawNumberType.Float32 });
        using IDisposable file = Assert.IsAssignableFrom<IDisposable>(source);
        Assert.Equal([1, 2.5, -3], source.ReadAll());
    }

    [Fact]
    public void Open_SizeNoMultipleOfTheRow_TellsBoth()
    {
        string path = _folder.Write("x.bin", new byte[50]);
        Refusal.Expect<VectorDataException>(
            () => VectorFile.Open(path, new VectorFileOptions { Dimension = 3 }), path, "50 bytes", "24", "dimension 3", "64-bit");
    }

    [Fact]
    public void Open_WithoutDimension_AsksForIt() => Refusal.ExpectVectors(_folder.Write("x.bin", new byte[48]), "--dimension");

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void Open_ImpossibleDimension_IsRefused(int dimension)
    {
        string path = _folder.Write("x.bin", new byte[48]);
        Refusal.Expect<VectorDataException>(
            () => VectorFile.Open(path, new VectorFileOptions { Dimension = dimension }), path, $"dimension {dimension}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4096)]
    public void Load_FromAPipeInPieces_GivesTheRows(int bytesAtOnce)
    {
        double[] values = [.. Enumerable.Range(0, 3 * 70_000).Select(i => i / 8.0)];
        int piece = bytesAtOnce == 1 ? 3 * 8 * 100 : values.Length * 8;
        using TricklingStream stream = new(MemoryMarshal.AsBytes(values.AsSpan())[..piece].ToArray(), bytesAtOnce);
        LoadedVectorSource source = RawNumbers.Load(stream, "standard input", NpyElementType.Float64, 3);
        Assert.Equal(values.AsSpan(0, piece / 8).ToArray(), source.ReadAll(1000));
        Assert.Equal("standard input, row 2", source.DescribeRow(1));
    }

    [Fact]
    public void Load_PartOfARowLeftOver_TellsTheLength()
    {
        using MemoryStream stream = new(new byte[52]);
        FileProblemException e = Assert.Throws<FileProblemException>(
            () => RawNumbers.Load(stream, "standard input", NpyElementType.Float64, 3));
        Assert.Contains("52 bytes", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_Nothing_IsRefused()
    {
        using MemoryStream stream = new();
        Assert.Throws<FileProblemException>(() => RawNumbers.Load(stream, "standard input", NpyElementType.Float64, 3));
    }

    [Theory]
    [InlineData("x.npz")]
    [InlineData("x.parquet")]
    public void Open_FormatsThatAreNotRead_SaysSo(string name) =>
        Refusal.ExpectVectors(_folder.Write(name, new byte[48]), "cannot be read as vectors", ".npy");

    [Theory]
    [InlineData("x.npy")]
    [InlineData("x.csv")]
    public void Open_MissingEmptyOrFolder_SaysSo(string name)
    {
        Refusal.ExpectVectors(_folder.PathOf(name), "no such file");
        Refusal.ExpectVectors(_folder.PathOf($"nowhere/{name}"), "no such file");
        Refusal.ExpectVectors(_folder.Write(name, ""), "empty");
        File.Delete(_folder.PathOf(name));
        Directory.CreateDirectory(_folder.PathOf(name));
        Refusal.ExpectVectors(_folder.PathOf(name), "folder");
    }

    [Fact]
    public void Open_NameWithALineBreak_StaysOneLine() =>
        Refusal.Expect<VectorDataException>(() => VectorFile.Open(_folder.PathOf("a\nb.npy")), "a b.npy", "no such file");

    private sealed class TricklingStream(byte[] bytes, int atOnce) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer.Length > atOnce ? buffer[..atOnce] : buffer);

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, atOnce));
    }
}
