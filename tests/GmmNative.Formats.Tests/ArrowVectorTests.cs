using Apache.Arrow.Ipc;
using GmmNative.Formats.Arrow;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Formats.Tests;

public sealed class ArrowVectorTests : IDisposable
{
    private static readonly VectorFileOptions Options = new() { AdditionalFormats = [new ArrowVectorFormat()] };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null, false)]
    [InlineData(null, true)]
    [InlineData(CompressionCodecType.Lz4Frame, false)]
    [InlineData(CompressionCodecType.Lz4Frame, true)]
    [InlineData(CompressionCodecType.Zstd, false)]
    public void Open_SeveralBatches_GivesTheRows(CompressionCodecType? codec, bool isStream)
    {
        string path = Write(codec, isStream, 1000, 1, 234);
        using IVectorSource rows = VectorFile.Open(path, Options with { Columns = ["y,x,h,n,b,big,flag,pair[2],pair[1]"] });
        Assert.Equal((1235L, 9), (rows.RowCount, rows.Dimension));
        Assert.Equal(["y", "x", "h", "n", "b", "big", "flag", "pair[2]", "pair[1]"], rows.ColumnNames);
        double[] expected = [.. Enumerable.Range(0, 1235).SelectMany(row => new[]
        {
            row / 8.0, ArrowFiles.X(row), row % 100 / 4.0, row, (row % 100) - 50, (double)(ulong.MaxValue - (ulong)row),
            row % 2 == 0 ? 1 : 0, -row, row + 0.25,
        })];
        Assert.Equal(expected, rows.ReadAll(7));
        Assert.Equal(expected, rows.ReadAll(1235));
    }

    /// <summary>Files that Apache's writer for JavaScript made, which shares no code with the reader.</summary>
    [Theory]
    [InlineData("faithful.arrow")]
    [InlineData("faithful.arrows")]
    public void Open_FilesOfAnotherWriter_EqualTheText(string name)
    {
        using IVectorSource text = VectorFile.Open(Path.Combine(TestData.Root, "samples", "data", "faithful.csv"));
        using IVectorSource rows = VectorFile.Open(TestData.Path("arrow", name), Options);
        Assert.Equal(text.ColumnNames, rows.ColumnNames);
        Assert.Equal(text.ReadAll(), rows.ReadAll());
    }

    [Fact]
    public void Open_Nulls_AreNaNAndAnErrorInTraining()
    {
        string path = Write(null, false, 10);
        using IVectorSource rows = VectorFile.Open(path, Options with { Columns = ["maybe"] });
        Assert.Equal([3, 8], rows.ReadAll().Index().Where(item => double.IsNaN(item.Item)).Select(item => item.Index));
        VectorDataException e = Assert.Throws<VectorDataException>(() => GaussianMixture.Fit(rows, 1));
        Assert.Contains("row 4", e.Message, StringComparison.Ordinal);
        Assert.Contains("maybe", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenReader_OfTheFormatItself_StreamsBatches()
    {
        string path = Write(CompressionCodecType.Lz4Frame, false, 50, 50);
        using IVectorSource rows = VectorFile.Open(
            path, Options with { Columns = ["x,n"], AdditionalFormats = [new StreamedFormat(new ArrowVectorFormat())] });
        Assert.IsNotAssignableFrom<IRandomAccessVectorSource>(rows);
        Assert.Equal(49.5, GaussianMixture.Fit(rows, 1).Means.Span[1], 1e-12);
    }

    [Fact]
    public void OpenReader_ManyBatches_KeepsOneInMemory()
    {
        const int Batches = 200;
        const int Rows = 4000;
        string path = Write(null, false, [.. Enumerable.Repeat(Rows, Batches)]);
        using IVectorSource rows = VectorFile.Open(
            path, Options with { Columns = ["x,y,n"], AdditionalFormats = [new StreamedFormat(new ArrowVectorFormat())] });
        using IVectorReader reader = rows.OpenReader();
        double[] part = new double[3 * 1000];
        long count = 0;
        long largest = 0;
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int read = reader.Read(part); read > 0; read = reader.Read(part))
        {
            count += read;
            if (count % (20 * Rows) == 0)
            {
                largest = Math.Max(largest, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        }

        Assert.Equal(Batches * Rows, count);
        Assert.InRange(largest, 0, new FileInfo(path).Length / 20);
    }

    [Fact]
    public void Open_TextColumn_IsRefusedUnlessLeftOut()
    {
        string path = Write(null, false, 10);
        string message = Assert.Throws<VectorDataException>(() => VectorFile.Open(path, Options)).Message;
        Assert.Contains("column 'word' contains no numbers", message, StringComparison.Ordinal);
        using IVectorSource rows = VectorFile.Open(path, Options with { Columns = ["!word"] });
        Assert.Equal(10, rows.Dimension);
        Assert.Throws<ArgumentException>(() => VectorFile.Open(path, Options with { Columns = ["z"] }));
        message = Assert.Throws<VectorDataException>(() => VectorFile.Open(path + ":x", Options)).Message;
        Assert.Contains("it has no members", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NoRows_IsRefused()
    {
        string path = Write(null, false, 0);
        string message = Assert.Throws<VectorDataException>(() => VectorFile.Open(path, Options with { Columns = ["x"] })).Message;
        Assert.Contains("it has no rows", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FeatherOfVersion1_IsRefusedInOneLine()
    {
        string path = _folder.Write("x.feather", "FEA1 and more");
        string message = Assert.Throws<VectorDataException>(() => VectorFile.Open(path, Options)).Message;
        Assert.Contains("Feather file of version 1", message, StringComparison.Ordinal);
        Assert.Contains("version 2", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Open_AnyTruncation_IsRefusedInOneLine(bool isStream)
    {
        byte[] content = File.ReadAllBytes(Write(null, isStream, 40, 40));
        for (int length = 8; length < content.Length; length += 7)
        {
            string other = _folder.Write("y.arrow", content[..length]);
            try
            {
                // A stream may end without its mark of the end.
                using IVectorSource rows = VectorFile.Open(other, Options with { Columns = ["x,y,n"] });
                Assert.True(isStream);
                Assert.Contains(rows.ReadAll().Length, new List<int> { 3 * 40, 3 * 80 });
            }
            catch (VectorDataException e)
            {
                Assert.Contains(other, e.Message, StringComparison.Ordinal);
                Assert.DoesNotContain(e.Message, char.IsControl);
            }
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData(CompressionCodecType.Lz4Frame)]
    [InlineData(CompressionCodecType.Zstd)]
    public void Open_AnyChange_IsReadOrRefusedInOneLine(CompressionCodecType? codec)
    {
        byte[] content = File.ReadAllBytes(Write(codec, false, 40, 40));
        Random random = new(1);
        for (int i = 0; i < 1000; i++)
        {
            byte[] damaged = [.. content];
            damaged[random.Next(8, damaged.Length)] ^= (byte)(1 << random.Next(8));
            string other = _folder.Write("y.arrow", damaged);
            try
            {
                using IVectorSource rows = VectorFile.Open(other, Options with { Columns = ["x,y,n,maybe,flag,pair[1]"] });
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
        string path = Write(null, false, 1);
        string message = Assert.Throws<VectorDataException>(() => VectorFile.Open(path)).Message;
        Assert.Contains("GmmNative.Formats.Arrow", message, StringComparison.Ordinal);
    }

    private string Write(CompressionCodecType? codec, bool isStream, params int[] batches)
    {
        string path = _folder.Write("x.arrow", "");
        ArrowFiles.Write(path, codec, isStream, batches);
        return path;
    }
}
