using GmmNative.Formats.Parquet;
using GmmNative.TestSupport;
using ParquetSharp;
using Xunit;

namespace GmmNative.Formats.Tests;

public sealed class ParquetVectorTests : IDisposable
{
    private static readonly VectorFileOptions Options = new() { AdditionalFormats = [new ParquetVectorFormat()] };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Compression.Uncompressed)]
    [InlineData(Compression.Snappy)]
    [InlineData(Compression.Gzip)]
    [InlineData(Compression.Zstd)]
    public void Open_ColumnsOfParquetSharp_GivesTheRows(Compression compression)
    {
        string path = _folder.Write("x.parquet", "");
        ParquetFiles.Write(path, compression, 1000, 1, 234);
        using IVectorSource rows = VectorFile.Open(path, Options with { Columns = ["y", "x", "n", "flag"] });
        Assert.Equal((1235L, 4), (rows.RowCount, rows.Dimension));
        Assert.Equal(["y", "x", "n", "flag"], rows.ColumnNames);
        double[] expected = [.. Enumerable.Range(0, 1235).SelectMany(
            row => new[] { ParquetFiles.Y(row), ParquetFiles.X(row), row, row % 2 == 0 ? 1 : 0 })];
        Assert.Equal(expected, rows.ReadAll(7));
        Assert.Equal(expected, rows.ReadAll(1235));
    }

    [Fact]
    public void Open_Nulls_AreNaNAndAnErrorInTraining()
    {
        string path = _folder.Write("x.parquet", "");
        ParquetFiles.Write(path, Compression.Snappy, 10);
        using IVectorSource rows = VectorFile.Open(path, Options with { Columns = ["maybe"] });
        Assert.Equal([3, 8], rows.ReadAll().Index().Where(item => double.IsNaN(item.Item)).Select(item => item.Index));
        VectorDataException e = Assert.Throws<VectorDataException>(() => GaussianMixture.Fit(rows, 1));
        Assert.Contains("row 4", e.Message, StringComparison.Ordinal);
        Assert.Contains("maybe", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenReader_OfTheFormatItself_StreamsRowGroups()
    {
        string path = _folder.Write("x.parquet", "");
        ParquetFiles.Write(path, Compression.Snappy, 50, 50);
        using IVectorSource rows = VectorFile.Open(
            path, Options with { Columns = ["x,n"], AdditionalFormats = [new StreamedFormat(new ParquetVectorFormat())] });
        Assert.IsNotAssignableFrom<IRandomAccessVectorSource>(rows);
        Assert.Equal(100, rows.ReadAll().Where((_, i) => i % 2 == 1).Distinct().Count());
        Assert.Equal(49.5, GaussianMixture.Fit(rows, 1).Means.Span[1], 1e-12);
    }

    [Fact]
    public void Open_TextColumn_IsRefusedUnlessLeftOut()
    {
        string path = _folder.Write("x.parquet", "");
        ParquetFiles.Write(path, Compression.Snappy, 10);
        string message = Assert.Throws<VectorDataException>(() => VectorFile.Open(path, Options)).Message;
        Assert.Contains("column 'word' contains no numbers", message, StringComparison.Ordinal);
        using IVectorSource rows = VectorFile.Open(path, Options with { Columns = ["!word"] });
        Assert.Equal(5, rows.Dimension);
        Assert.Throws<ArgumentException>(() => VectorFile.Open(path, Options with { Columns = ["z"] }));
    }

    [Fact]
    public void Open_AnyCutOrChange_IsReadOrRefusedInOneLine()
    {
        string path = _folder.Write("x.parquet", "");
        ParquetFiles.Write(path, Compression.Snappy, 40, 40);
        byte[] content = File.ReadAllBytes(path);
        Random random = new(1);
        for (int i = 0; i < 400; i++)
        {
            byte[] damaged = i % 2 == 0 ? content[..random.Next(4, content.Length)] : [.. content];
            if (i % 2 == 1)
            {
                damaged[random.Next(4, damaged.Length)] ^= (byte)(1 << random.Next(8));
            }

            string other = _folder.Write("y.parquet", damaged);
            try
            {
                using IVectorSource rows = VectorFile.Open(other, Options with { Columns = ["x,y,n"] });
                _ = rows.ReadAll();
            }
            catch (VectorDataException e)
            {
                Assert.Contains(other, e.Message, StringComparison.Ordinal);
                Assert.DoesNotContain(e.Message, char.IsControl);
            }
            catch (ArgumentException e)
            {
                // The name of a column was damaged.
                Assert.Contains("--columns", e.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Open_WithoutTheFormat_NamesThePackage()
    {
        string path = _folder.Write("x.parquet", "PAR1 and more");
        string message = Assert.Throws<VectorDataException>(() => VectorFile.Open(path)).Message;
        Assert.Contains("GmmNative.Formats.Parquet", message, StringComparison.Ordinal);
    }
}
