using System.Globalization;
using System.Text;
using GmmNative.Files.Npy;
using GmmNative.Files.Numbers;
using GmmNative.Files.Output;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Files.Output;

/// <summary>Arrays that are written while they are made: the bytes of a whole array, or nothing.</summary>
public sealed class ArrayOutputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("x.npy")]
    [InlineData("x.csv")]
    [InlineData("x.tsv")]
    [InlineData("x.raw")]
    [InlineData("x.f32")]
    public void Write_AnyPieces_GivesTheBytesOfTheWholeArray(string name)
    {
        double[,] values = new double[1000, 3];
        Random random = new(1);
        for (int i = 0; i < values.Length; i++)
        {
            values[i / 3, i % 3] = random.NextDouble() - 0.5;
        }

        string whole = _folder.PathOf("whole" + Path.GetExtension(name));
        ArrayFile.Write(whole, values);
        string path = _folder.PathOf(name);
        ArrayEncoding encoding = ArrayEncoding.Of(path, NpyElementType.Float64, 3);
        using (ArrayOutput output = ArrayOutput.Open(path, encoding, 1000))
        {
            EncodedRows rows = new(encoding);
            double[] flat = [.. values.Cast<double>()];
            for (int first = 0, count = 1; first < 1000; first += count, count = Math.Min(count + 7, 1000 - first))
            {
                rows.Add(flat.AsSpan(3 * first, 3 * count), count);
                output.Write(rows);
                rows.Clear();
            }

            output.Complete();
        }

        Assert.Equal(File.ReadAllBytes(whole), File.ReadAllBytes(path));
    }

    [Theory]
    [InlineData(2_147_483_648, null)]
    [InlineData(3_000_000_000, 64)]
    [InlineData(900_000_000_000, 2)]
    public void WriteHeader_MoreRowsThanAnInt_IsNumPys(long rows, int? columns)
    {
        using MemoryStream stream = new();
        ArrayEncoding.Of("x.npy", NpyElementType.Float64, columns).WriteHeader(stream, rows);
        byte[] bytes = stream.ToArray();
        string text = Encoding.ASCII.GetString(bytes);
        string shape = string.Create(CultureInfo.InvariantCulture, $"({rows},{(columns is null ? "" : $" {columns}")})");
        Assert.EndsWith($"{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}, }}", text.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(0, bytes.Length % 64);
        stream.Position = 0;
        NpyHeader read = NpyHeader.Read(stream, out int length);
        Assert.Equal(bytes.Length, length);
        Assert.Equal(columns is { } wide ? [rows, wide] : [rows], read.Shape);
    }

    [Fact]
    public void Dispose_NotComplete_LeavesTheOldFileAndNoOther()
    {
        string path = _folder.PathOf("x.csv");
        File.WriteAllText(path, "old\n");
        ArrayEncoding encoding = ArrayEncoding.Of(path, NpyElementType.Int32, null);
        using (ArrayOutput output = ArrayOutput.Open(path, encoding, 2))
        {
            EncodedRows rows = new(encoding);
            rows.Add<int>([1], 1);
            output.Write(rows);
            Assert.Throws<InvalidOperationException>(output.Complete);
            Assert.False(output.IsPartial);
        }

        Assert.Equal("old\n", File.ReadAllText(path));
        Assert.Equal(["x.csv"], _folder.FileNames());
    }

    [Fact]
    public void Write_NumberTooLargeForSingles_NamesTheFirstOfTheWholeArray()
    {
        string path = _folder.PathOf("x.f32");
        ArrayEncoding encoding = ArrayEncoding.Of(path, NpyElementType.Float64, 2);
        using (ArrayOutput output = ArrayOutput.Open(path, encoding, 5))
        {
            EncodedRows rows = new(encoding);
            rows.Add<double>([1, 2, 3, 4], 2);
            output.Write(rows);
            rows.Clear();
            rows.Add<double>([5, 6], 1);
            rows.Add<double>([7, -1e39, 1e40, 8], 2);
            GmmException e = Assert.Throws<GmmException>(() => output.Write(rows));
            Assert.Contains("-1E+39 in row 4 is too large", e.Message, StringComparison.Ordinal);
        }

        Assert.Empty(_folder.FileNames());
    }
}
