using System.Runtime.InteropServices;
using CsCheck;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Files;

public sealed class ArrayFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_Npy_IsByteForByteWhatNumPyWrites()
    {
        string path = _folder.PathOf("x.npy");
        ArrayFile.Write(path, new double[,] { { 0.5, 1.5 }, { 10.5, 11.5 }, { 20.5, 21.5 } });
        Assert.Equal(File.ReadAllBytes(Fixture.PathOf("f8.npy")), File.ReadAllBytes(path));
        ArrayFile.Write(path, [1.5, 11.5, 21.5]);
        Assert.Equal(File.ReadAllBytes(Fixture.PathOf("column.npy")), File.ReadAllBytes(path));
        ArrayFile.Write(path, (ReadOnlySpan<int>)[3, 0, -1]);
        Assert.Equal(File.ReadAllBytes(Fixture.PathOf("labels.npy")), File.ReadAllBytes(path));
    }

    [Fact]
    public void Write_Text_IsOneRowALine()
    {
        string path = _folder.PathOf("x.csv");
        ArrayFile.Write(path, new double[,] { { 0.1, -0.0 }, { 1e300, double.NaN } });
        Assert.Equal("0.1,-0\n1E+300,NaN\n", File.ReadAllText(path));
        ArrayFile.Write(path, [0.1, 3]);
        Assert.Equal("0.1\n3\n", File.ReadAllText(path));
        ArrayFile.Write(path, (ReadOnlySpan<int>)[3, 0, -1]);
        Assert.Equal("3\n0\n-1\n", File.ReadAllText(path));
        path = _folder.PathOf("x.TSV");
        ArrayFile.Write(path, new double[,] { { 1, 2 } });
        Assert.Equal("1\t2\n", File.ReadAllText(path));
    }

    [Fact]
    public void Write_Raw_IsLittleEndianNumbers()
    {
        string path = _folder.PathOf("x.f64");
        ArrayFile.Write(path, new double[,] { { 1, 2 }, { 3, 4 } });
        Assert.Equal([1, 2, 3, 4], MemoryMarshal.Cast<byte, double>(File.ReadAllBytes(path)).ToArray());
        ArrayFile.Write(path, (ReadOnlySpan<int>)[3, 0, -1]);
        Assert.Equal([3, 0, -1], MemoryMarshal.Cast<byte, double>(File.ReadAllBytes(path)).ToArray());
        foreach (string name in (string[])["x.i32", "x.raw", "x.BIN"])
        {
            ArrayFile.Write(_folder.PathOf(name), (ReadOnlySpan<int>)[3, 0, -1]);
            Assert.Equal([3, 0, -1], MemoryMarshal.Cast<byte, int>(File.ReadAllBytes(_folder.PathOf(name))).ToArray());
        }
    }

    [Fact]
    public void Write_Singles_AreRoundedAndFit()
    {
        string path = _folder.PathOf("x.f32");
        ArrayFile.Write(path, new double[,] { { 0.1, -3 }, { double.NegativeInfinity, double.NaN } });
        Assert.Equal([0.1f, -3, float.NegativeInfinity, float.NaN], MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(path)).ToArray());
        ArrayFile.Write(path, (ReadOnlySpan<int>)[3, 0, -1]);
        Assert.Equal([3, 0, -1], MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(path)).ToArray());
        byte[] before = File.ReadAllBytes(path);
        Refusal.ExpectWrite(() => ArrayFile.Write(path, new double[,] { { 1, 2 }, { 3, -1e39 } }), "row 2", "-1E+39", ".f64");
        Assert.Equal(before, File.ReadAllBytes(path));
    }

    [Theory]
    [InlineData("x.npz")]
    [InlineData("x.txt")]
    [InlineData("x.json")]
    [InlineData("x.xyz")]
    [InlineData("x")]
    [InlineData("x.parquet", "not supported yet")]
    [InlineData("x.i32", "not whole", ".f64")]
    public void Write_ExtensionOfNoFormat_NamesTheKnownOnes(string name, params string[] named)
    {
        foreach (Action write in (Action[])[() =>
            ArrayFile.CheckWritable(_folder.PathOf(name)), () => ArrayFile.Write(_folder.PathOf(name), [0.5])])
        {
            ArgumentException e = Assert.Throws<ArgumentException>(write);
            Assert.All([name, ".npy", ".csv", ".tsv", .. named], text => Assert.Contains(text, e.Message, StringComparison.Ordinal));
        }

        Assert.Empty(_folder.FileNames());
    }

    [Fact]
    public void Write_NoRows_GivesAnEmptyArray()
    {
        string path = _folder.PathOf("x.npy");
        ArrayFile.Write(path, ReadOnlySpan<int>.Empty);
        Assert.Contains("'shape': (0,)", File.ReadAllText(path), StringComparison.Ordinal);
        ArrayFile.Write(path, new double[0, 2]);
        Assert.Equal(File.ReadAllBytes(Fixture.PathOf("no_rows.npy")), File.ReadAllBytes(path));
        ArrayFile.Write(_folder.PathOf("x.csv"), ReadOnlySpan<double>.Empty);
        Assert.Empty(File.ReadAllBytes(_folder.PathOf("x.csv")));
    }

    [Theory]
    [InlineData("x.npy")]
    [InlineData("x.csv")]
    [InlineData("x.tsv")]
    [InlineData("x.raw")]
    public void Write_AnyMatrix_ReadsBackToTheSameBits(string name)
    {
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 9]).SelectMany((rows, columns) => Gen.Double.Array2D[rows, columns]).Sample(matrix =>
        {
            ArrayFile.Write(_folder.PathOf(name), matrix);
            IVectorSource source = VectorFile.Open(_folder.PathOf(name), new VectorFileOptions { Dimension = matrix.GetLength(1) });
            double[] read = source.ReadAll();
            (source as IDisposable)?.Dispose();
            Assert.Equal(matrix.GetLength(0), source.RowCount);
            Assert.Equal(matrix.Cast<double>().Select(Bits), read.Select(Bits));
        }, iter: 100, threads: 1);
    }

    [Fact]
    public void Write_LongText_IsWholeAcrossBuffers()
    {
        double[] values = [.. Enumerable.Range(0, 50_000).Select(i => 1.0 / (i + 1))];
        string path = _folder.PathOf("x.csv");
        ArrayFile.Write(path, values);
        Assert.Equal(values, VectorFile.Open(path).ReadAll(1000));
    }

    // All NaN are one NaN in text.
    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(double.IsNaN(value) ? double.NaN : value);
}
