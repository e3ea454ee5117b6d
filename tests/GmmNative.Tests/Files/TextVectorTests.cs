using System.Text;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Files;

/// <summary>Text separated by blanks, text under any name, and what the first line is.</summary>
public sealed class TextVectorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("1 2\n3 4\n")]
    [InlineData("  1   2  \n3\t4\n")]
    [InlineData("1 \t 2\r\n\t3 4\t\r\n")]
    [InlineData("# x y\n1 2\n3 4")]
    [InlineData("x y\n1 2\n3 4\n")]
    [InlineData("\"x one\" y\n1e0 2.0\n\"3\" 4\n")]
    [InlineData("1,2\n3,4\n")]
    [InlineData("1, 2\n3, 4\n")]
    [InlineData("x;y\n1;2\n3;4\n")]
    [InlineData("\uFEFF1 2\n3 4\n")]
    public void Open_TextUnderAnyName_GivesTheRows(string text)
    {
        foreach (string name in (string[])["x.txt", "x.DAT", "x.asc", "x"])
        {
            IVectorSource source = VectorFile.Open(_folder.Write(name, text), new VectorFileOptions { Dimension = 5 });
            Assert.Equal(2, source.Dimension);
            Assert.Equal([1, 2, 3, 4], source.ReadAll());
        }
    }

    [Theory]
    [InlineData("x.csv", "1 2\n3 4\n", "line 1:", "blanks", "--format txt")]
    [InlineData("x.csv", "x y\n1 2\n3 4\n", "line 1:", "blanks", "--format txt")]
    [InlineData("x.csv", "# by hand\n1.5   2e3\n", "line 2:", "blanks", "--format txt")]
    [InlineData("x.tsv", "1 2\n3 4\n", "line 1:", "blanks", "--format txt")]
    [InlineData("x.tsv", "x,y\n1,2\n3,4\n", "line 1:", "commas", "--format csv")]
    [InlineData("x.tsv", "x;y\n1;2\n", "line 1:", "semicolons", "--format csv")]
    [InlineData("x.txt", "1,5 2,5\n3,5 4,5\n", "line 1, column 1:", "'1,5' is not a number", "point")]
    [InlineData("x.txt", "1 2\n3 4 5\n", "line 2:", "found 3 fields", "expected 2")]
    [InlineData("x.txt", "x one\ty\n1\t2\n", "line 2:", "found 2 fields", "--format tsv")]
    [InlineData("x.txt", "1 two\n3 4\n", "line 1, column 2:", "'two'", "--header yes")]
    [InlineData("x.csv", "a,b\r1,2\r3,4\r", "CR alone", "LF")]
    [InlineData("x.scp", "utt1 gunzip -c feats.gz |\n", "line 1", "commands in lists are not run")]
    [InlineData("x.csv", "%%MatrixMarket matrix array real general\n1 2\n", "Matrix Market")]
    [InlineData("notes", "This is no data at all, but words.\n", "header, but no rows")]
    public void Open_TextOfAnotherKind_SaysWhatToDo(string name, string text, params string[] named) =>
        Refusal.ExpectVectors(_folder.Write(name, text), named);

    [Fact]
    public void Open_OneColumnWithABlankInItsName_IsNoTableOfBlanks()
    {
        IVectorSource source = VectorFile.Open(_folder.Write("x.csv", "waiting time\n79\n54\n"));
        Assert.Equal(["waiting time"], source.ColumnNames!);
        Assert.Equal([79, 54], source.ReadAll());
    }

    [Theory]
    [InlineData(VectorFileFormat.Csv, "1\t2\n3\t4\n", "x.txt")]
    [InlineData(VectorFileFormat.Tsv, "1\t2\n3\t4\n", "x.csv")]
    [InlineData(VectorFileFormat.Text, "1 2\n3 4\n", "x.csv")]
    [InlineData(VectorFileFormat.Text, "1  2\n3\t4\n", "x.npy")]
    public void Open_FormatGiven_WinsOverTheExtension(VectorFileFormat format, string text, string name) =>
        Assert.Equal([1, 2, 3, 4], VectorFile.Open(_folder.Write(name, text), new VectorFileOptions { Format = format }).ReadAll());

    [Theory]
    [InlineData("x.csv", ",x,y\n0,1,2\n1,3,4\n", "no name")]
    [InlineData("x.csv", "\"\",\"x\",\"y\"\n\"a\",1,2\n\"b\",3,4\n", "no name")]
    [InlineData("x.csv", "Unnamed: 0,x,y\n0,1,2\n1,3,4\n", "no name")]
    [InlineData("x.csv", "x,y\nfirst,1,2\nsecond,3,4\n", "one name fewer")]
    [InlineData("x.txt", "\"x\" \"y\"\n\"1\" 1 2\n\"2\" 3 4\n", "one name fewer")]
    [InlineData("x.tsv", "\tx\ty\n2020-01-01\t1\t2\n2020-01-02\t3\t4\n", "no name")]
    public void Open_IndexColumn_IsLeftOutWithANotice(string name, string text, string notice)
    {
        List<string> notices = [];
        string path = _folder.Write(name, text);
        IVectorSource source = VectorFile.Open(path, new VectorFileOptions { Notice = notices.Add });
        Assert.Equal(["x", "y"], source.ColumnNames!);
        Assert.Equal([1, 2, 3, 4], source.ReadAll());
        string line = Assert.Single(notices);
        Assert.StartsWith(path, line, StringComparison.Ordinal);
        Assert.Contains(notice, line, StringComparison.Ordinal);
        Assert.Equal("column 2 (y)", source.DescribeColumn(1));
        Assert.Equal([4, 3], VectorFile.Open(path, new VectorFileOptions { Columns = ["2,1"] }).ReadAll()[2..]);
    }

    [Theory]
    [InlineData("x,,z\n1,2,3\n4,5,6\n", 3, 2)]
    [InlineData("x,\n1,2\n3,4\n", 2, 2)]
    [InlineData(",y,\n1,2,3\n4,5,6\n", 3, 2)]
    public void Open_OtherColumnsWithoutAName_AreNoIndex(string text, int dimension, int rows)
    {
        IVectorSource source = VectorFile.Open(_folder.Write("x.csv", text));
        Assert.Equal((dimension, (long?)rows), (source.Dimension, source.RowCount));
    }

    [Theory]
    [InlineData("x,y\n1,2,\n3,4,\n", "line 2:", "found 3 fields")]
    [InlineData("x,y\na,1,2\n3,4\n", "line 3:", "found 2 fields, but expected 3 as on line 2")]
    public void Open_RowsThatFitNoHeader_AreRefused(string text, params string[] named) =>
        Refusal.ExpectVectors(_folder.Write("x.csv", text), named);

    [Theory]
    [InlineData("0,1\n1.5,2.5\n3.5,4.5\n", 2, true)]
    [InlineData("0,1,2\n1e3,2,3\n", 1, true)]
    [InlineData(",0,1\n0,1.5,2\n1,3,4\n", 2, true)]
    [InlineData("0,1\n5,7\n", 2, false)]
    [InlineData("0\n1.5\n", 2, false)]
    [InlineData("1,2\n1.5,2.5\n", 2, false)]
    [InlineData("0,1\n", 1, false)]
    [InlineData("0.0,1.0\n1.5,2.5\n", 2, false)]
    public void Open_FirstLineOfColumnNumbers_IsAHeaderAboveFractions(string text, long rows, bool noticed)
    {
        List<string> notices = [];
        IVectorSource source = VectorFile.Open(_folder.Write("x.csv", text), new VectorFileOptions { Notice = notices.Add });
        Assert.Equal(rows, source.RowCount);
        Assert.Null(source.ColumnNames);
        Assert.Equal(noticed, notices.Any(n => n.Contains("--header no", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("0,1\n1.5,2.5\n", HeaderRow.No, 2)]
    [InlineData("2019,2020\n1,2\n3,4\n", HeaderRow.Yes, 2)]
    [InlineData("2019,2020\n1,2\n3,4\n", HeaderRow.Auto, 3)]
    public void Open_HeaderGiven_IsObeyed(string text, HeaderRow header, long rows) =>
        Assert.Equal(rows, VectorFile.Open(_folder.Write("x.csv", text), new VectorFileOptions { Header = header }).RowCount);

    [Fact]
    public void Open_HeaderOfNumbersAskedFor_NamesTheColumns()
    {
        string path = _folder.Write("x.csv", "2019,2020\n1,2\n3,4\n");
        IVectorSource source = VectorFile.Open(path, new VectorFileOptions { Header = HeaderRow.Yes, Columns = ["2020"] });
        Assert.Equal(["2020"], source.ColumnNames!);
        Assert.Equal([2, 4], source.ReadAll());
        Refusal.Expect<VectorDataException>(
            () => VectorFile.Open(_folder.Write("y.csv", "x,y\n1,2\n"), new VectorFileOptions { Header = HeaderRow.No }),
            "line 1, column 1", "'x'");
    }

    [Fact]
    public void Open_NamesInQuotes_AreUnquoted()
    {
        IVectorSource source = VectorFile.Open(_folder.Write("x.csv", "\"a, b\",\"say \"\"x\"\"\", größe \n1,2,3\n"));
        Assert.Equal(["a, b", "say \"x\"", "größe"], source.ColumnNames!);
    }

    [Fact]
    public void Open_HeaderWithAZeroByte_IsRefused() =>
        Refusal.ExpectVectors(_folder.Write("x.csv", $"{new string('#', 9000)}\nx\0,y\n1,2\n"), "line 2", "zero");

    [Fact]
    public void Open_LatinText_IsText()
    {
        string path =
            _folder.Write("x", Encoding.Latin1.GetBytes($"gr\u00F6\u00DFe breite\n{string.Concat(Enumerable.Repeat("1 2\n", 30))}"));
        Assert.Equal(30, VectorFile.Open(path).RowCount);
    }
}
