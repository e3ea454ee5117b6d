using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Files;

/// <summary>Columns chosen by names and numbers, and looked up by the names of a model.</summary>
public sealed class ColumnTests : IDisposable
{
    private const string Table = "a,b,c,d\n1,2,3,4\n5,6,7,8\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("c,a", "c a", 3, 1)]
    [InlineData("3,1", "c a", 3, 1)]
    [InlineData("2-4", "b c d", 2, 3, 4)]
    [InlineData("2..3", "b c", 2, 3)]
    [InlineData(" 4 , b ", "d b", 4, 2)]
    [InlineData("!c", "a b d", 1, 2, 4)]
    [InlineData("!2-3", "a d", 1, 4)]
    [InlineData("!a,!4", "b c", 2, 3)]
    [InlineData("1-4,!b", "a c d", 1, 3, 4)]
    [InlineData("a,b,c,d", "a b c d", 1, 2, 3, 4)]
    public void Open_ColumnsOfText_ComeInTheOrderGiven(string list, string names, params int[] firstRow)
    {
        IVectorSource source = VectorFile.Open(_folder.Write("x.csv", Table), new VectorFileOptions { Columns = [list] });
        Assert.Equal(names.Split(' '), source.ColumnNames!);
        Assert.Equal(firstRow.Select(v => (double)v), source.ReadAll()[..firstRow.Length]);
        Assert.Equal(firstRow.Select(v => v + 4.0), source.ReadAll()[firstRow.Length..]);
        Assert.Equal($"column {firstRow[0]} ({names.Split(' ')[0]})", source.DescribeColumn(0));
    }

    [Theory]
    [InlineData("x.npy", "2", 1)]
    [InlineData("x.npy", "2,1", 2)]
    [InlineData("fortran.npy", "2,1", 2)]
    [InlineData("x.npy.gz", "!1", 1)]
    [InlineData("x.f64", "2..2", 1)]
    [InlineData("x.txt", "2", 1)]
    public void Open_ColumnsOfDataWithoutNames_GoByNumber(string name, string list, int dimension)
    {
        byte[] content = name switch
        {
            "x.npy" => File.ReadAllBytes(Fixture.PathOf("f8.npy")),
            "fortran.npy" => File.ReadAllBytes(Fixture.PathOf("f8_fortran.npy")),
            "x.npy.gz" => ForeignFiles.Gzip(File.ReadAllBytes(Fixture.PathOf("f8.npy"))),
            "x.txt" => "0.5 1.5\n10.5 11.5\n20.5 21.5\n"u8.ToArray(),
            _ => File.ReadAllBytes(Fixture.PathOf("f8.npy"))[^48..],
        };
        IVectorSource source = VectorFile.Open(_folder.Write(name, content), new VectorFileOptions { Columns = [list], Dimension = 2 });
        using IDisposable? file = source as IDisposable;
        Assert.Equal(dimension, source.Dimension);
        Assert.IsAssignableFrom<IRandomAccessVectorSource>(source);
        Assert.Equal("column 2", source.DescribeColumn(0));
        double[] expected = [1.5, 0.5, 11.5, 10.5, 21.5, 20.5];
        Assert.Equal(expected.Where((_, i) => dimension == 2 || i % 2 == 0), source.ReadAll(2));
    }

    [Theory]
    [InlineData("a,x", "no column 'x'", "a, b, c, d")]
    [InlineData("0", "no column 0", "1 to 4")]
    [InlineData("5", "no column 5", "1 to 4")]
    [InlineData("3-9", "no column 9")]
    [InlineData("4-2", "backwards")]
    [InlineData("a,1", "column 1 (a) is selected twice")]
    [InlineData("a,,b", "empty")]
    [InlineData("", "empty")]
    [InlineData("!1-4", "no column remains")]
    [InlineData("A", "no column 'A'")]
    public void Open_ColumnThatIsNotThere_IsAnErrorOfTheCaller(string list, params string[] named)
    {
        string path = _folder.Write("x.csv", Table);
        ArgumentException e = Assert.Throws<ArgumentException>(() => VectorFile.Open(path, new VectorFileOptions { Columns = [list] }));
        Assert.All([path, "--columns", .. named], text => Assert.Contains(text, e.Message, StringComparison.Ordinal));
        File.Delete(path);
    }

    [Fact]
    public void Open_ColumnByNameOfDataWithoutNames_SaysThatThereAreNone()
    {
        string path = _folder.Write("x.csv", "1,2\n3,4\n");
        ArgumentException e = Assert.Throws<ArgumentException>(() => VectorFile.Open(path, new VectorFileOptions { Columns = ["a"] }));
        Assert.Contains("no names", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2", 1)]
    [InlineData("1-2", 3)]
    [InlineData("!x", 4)]
    [InlineData("a,b", 5)]
    [InlineData("a", 6)]
    [InlineData("5", 5)]
    public void Open_ExactNames_WinOverNumbersAndLists(string entry, int value)
    {
        string path = _folder.Write("x.csv", "2,x1,1-2,!x,\"a,b\",a\n1,2,3,4,5,6\n");
        IVectorSource source = VectorFile.Open(path, new VectorFileOptions { Columns = [entry], Header = HeaderRow.Yes });
        Assert.Equal([value], source.ReadAll());
        Assert.Equal(5, VectorFile.Open(path, new VectorFileOptions { Columns = ["!a,b"], Header = HeaderRow.Yes }).Dimension);
        Assert.Equal([6, 3], VectorFile.Open(path, new VectorFileOptions { Columns = ["a", "1-2"], Header = HeaderRow.Yes }).ReadAll());
    }

    [Fact]
    public void Open_WordsInColumnsNotChosen_DoNotMatter()
    {
        string path = _folder.Write("iris.csv", "length,width,species\n5.1,3.5,setosa\n4.9,,virginica\n");
        Refusal.ExpectVectors(path, "line 2, column 3 (species)", "'setosa'", "--columns '!species'");
        Assert.Equal([5.1, 4.9], VectorFile.Open(path, new VectorFileOptions { Columns = ["length"] }).ReadAll());
        Refusal.Expect<VectorDataException>(
            () => VectorFile.Open(path, new VectorFileOptions { Columns = ["!species"] }), "line 3, column 2 (width)", "missing value");

        List<string> notices = [];
        string bare = _folder.Write("iris.data", "5.1,3.5,setosa\n4.9,3.0,virginica\n");
        Assert.Equal(
            [3.5, 5.1, 3, 4.9], VectorFile.Open(bare, new VectorFileOptions { Columns = ["2,1"], Notice = notices.Add }).ReadAll());
        Assert.Contains("--header yes", Assert.Single(notices), StringComparison.Ordinal);
        Refusal.ExpectVectors(bare, "line 1, column 3", "'setosa'", "--columns '!3'");
    }

    [Theory]
    [InlineData("d,c,b,a\n4,3,2,1\n", "b,c", null)]
    [InlineData("b,c\n2,3\n", "b,c", null)]
    [InlineData(",c,b\n9,3,2\n", "b,c", null)]
    [InlineData("2,3\n", "b,c", null)]
    [InlineData("x,y,c,b\n2,3,3,2\n", "b,c", "2 columns are left out")]
    [InlineData("c,species,b\n3,setosa,2\n", "b,c", "column species is left out")]
    public void Open_NamesWanted_AreLookedUp(string text, string wanted, string? notice)
    {
        List<string> notices = [];
        IVectorSource source = VectorFile.Open(
            _folder.Write("x.csv", text), new VectorFileOptions { ColumnNames = wanted.Split(','), Notice = notices.Add });
        Assert.Equal([2, 3], source.ReadAll());
        Assert.True(notice is null || notices.Any(n => n.Contains(notice, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("a,b\n1,2\n", "a,c", "no column 'c'", "its columns are a, b")]
    [InlineData("a,b,b\n1,2,3\n", "b,a", "more than one column named 'b'")]
    [InlineData("a,b,c\n1,2,3\n", "a,a", "more than one column named 'a'")]
    public void Open_NamesWantedThatAreNotThere_AreErrors(string text, string wanted, params string[] named) =>
        Refusal.Expect<VectorDataException>(
            () => VectorFile.Open(_folder.Write("x.csv", text), new VectorFileOptions { ColumnNames = wanted.Split(',') }), named);

    [Fact]
    public void Open_RepeatedNames_MatterOnlyWhereTheyAreLookedUp()
    {
        string path = _folder.Write("x.csv", "a,a,b\n1,2,3\n");
        Assert.Equal(["a", "a", "b"], VectorFile.Open(path).ColumnNames!);
        Assert.Equal([1, 2, 3], VectorFile.Open(path, new VectorFileOptions { ColumnNames = ["a", "a", "b"] }).ReadAll());
        Assert.Equal([3, 2], VectorFile.Open(path, new VectorFileOptions { Columns = ["2-3"], ColumnNames = ["b", "a"] }).ReadAll());
        Assert.Throws<ArgumentException>(() => VectorFile.Open(path, new VectorFileOptions { Columns = ["a"] }));
    }

    [Theory]
    [InlineData("a,b\n1,2\n", 2)]
    [InlineData("b,a\n2,1\n", 2)]
    [InlineData("a,x\n1,9\n", 1)]
    [InlineData("x,a\n9,1\n", 1)]
    [InlineData("1\n", 1)]
    public void Open_LeadingNames_AreEnoughWhereAsked(string text, int dimension)
    {
        VectorFileOptions options = new() { ColumnNames = ["a", "b", "c"], LeadingColumnsSuffice = true };
        Assert.Equal(new double[] { 1, 2 }[..dimension], VectorFile.Open(_folder.Write("x.csv", text), options).ReadAll());
    }

    [Theory]
    [InlineData("b,c\n1,2\n", "'b' but not 'a'")]
    [InlineData("a,c\n1,2\n", "'c' but not 'b'")]
    [InlineData("x,y\n1,2\n", "no column 'a'")]
    public void Open_LeadingNamesWithAGap_AreErrors(string text, string named) =>
        Refusal.Expect<VectorDataException>(
            () => VectorFile.Open(
                _folder.Write("x.csv", text), new VectorFileOptions { ColumnNames = ["a", "b", "c"], LeadingColumnsSuffice = true }),
            named);

    [Fact]
    public void OpenAll_FilesWithNames_TakeTheOrderOfTheFirst()
    {
        List<string> notices = [];
        string[] paths =
        [
            _folder.Write("1.csv", "a,b\n1,2\n"), _folder.Write("2.csv", "b,extra,a\n4,0,3\n"), _folder.Write("3.csv", "5,6\n"),
            _folder.Write("4.txt", "a b\n\"row\" 7 8\n"),
        ];
        IVectorSource source = VectorFile.OpenAll(paths, new VectorFileOptions { Notice = notices.Add });
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], source.ReadAll());
        Assert.Equal(["a", "b"], source.ColumnNames!);
        Assert.Equal("column 1 (a)", source.DescribeColumn(0));
        Assert.Equal(2, notices.Count);
        Assert.Contains($"column extra is left out, because {paths[0]} does not have it", notices[0], StringComparison.Ordinal);
        paths[1] = _folder.Write("5.csv", "b,c\n1,2\n");
        Refusal.Expect<VectorDataException>(() => VectorFile.OpenAll(paths), paths[1], $"no column 'a', which {paths[0]} has");
    }
}
