using System.Text;
using CsCheck;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Files;

public sealed class DelimitedVectorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("1,2\n3,4\n")]
    [InlineData("1,2\n3,4")]
    [InlineData("1,2\r\n3,4\r\n")]
    [InlineData("1,2\n3,4\n\n")]
    [InlineData("1,2\n3,4\r\n  \r\n")]
    [InlineData("x,y\n1,2\n3,4\n")]
    [InlineData("\"x, first\",y\n1,2\n3,4\n")]
    [InlineData("x,\n1,2\n3,4\n")]
    [InlineData("\"1\",\"2\"\n\"3\" , \"4\" \n")]
    [InlineData("# made by hand\n\n1, 2\n  # more to come\n 3 ,4\n")]
    [InlineData("1;2\n3;4\n")]
    [InlineData("\"a,b\";c\n1;2\n3;4\n")]
    [InlineData("1\t2\n3\t4\n")]
    [InlineData("\uFEFF1,2\n3,4\n")]
    [InlineData("\uFEFFx,y\n1.0,+2e0\n.3e1,4.\n")]
    public void Open_Csv_GivesTheRows(string text)
    {
        IVectorSource source = VectorFile.Open(_folder.Write("x.CSV", text));
        Assert.Equal(2, source.Dimension);
        Assert.Equal(2, source.RowCount);
        Assert.Equal([1, 2, 3, 4], source.ReadAll(1));
    }

    [Theory]
    [InlineData("1\t2\n3\t4\n")]
    [InlineData("x, y\tz; w\n1\t 2 \n3\t4\r\n")]
    public void Open_Tsv_GivesTheRows(string text) =>
        Assert.Equal([1, 2, 3, 4], VectorFile.Open(_folder.Write("x.tsv", text)).ReadAll());

    [Fact]
    public void Open_OneColumn_GivesDimensionOne()
    {
        IVectorSource source = VectorFile.Open(_folder.Write("x.csv", "eruptions\n3.6\n1.8\n"));
        Assert.Equal(1, source.Dimension);
        Assert.Equal([3.6, 1.8], source.ReadAll());
    }

    [Fact]
    public void Open_ValuesThatAreNotFinite_PassesThemOn() =>
        Assert.Equal(
            [double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.PositiveInfinity, double.NaN, double.NegativeInfinity],
            VectorFile.Open(_folder.Write("x.csv", "nan,inf,-inf\n+Infinity,NaN,-INFINITY\n")).ReadAll());

    [Fact]
    public void DescribeRow_WithSkippedLines_TellsTheLineInTheFile()
    {
        string path = _folder.Write("x.csv", "# one\nx,y\n1,2\n\n3,4\n# six\n# seven\n5,6\n7,8\n");
        IVectorSource source = VectorFile.Open(path);
        Assert.Equal(
            [$"{path}, line 3", $"{path}, line 5", $"{path}, line 8", $"{path}, line 9"],
            Enumerable.Range(0, 4).Select(row => source.DescribeRow(row)));
    }

    [Theory]
    [InlineData("x,y\n1,2\n3\n", "line 3:", "found 1 field, but expected 2 as on line 1")]
    [InlineData("1,2\n3,4,5\n", "line 2:", "found 3 fields, but expected 2 as on line 1")]
    [InlineData("1,2\n3,abc\n", "line 2, column 2:", "'abc' is not a number")]
    [InlineData("1,2\n3,1_000\n", "line 2, column 2:", "'1_000' is not a number")]
    [InlineData("1,2\n0x10,4\n", "line 2, column 1:", "'0x10' is not a number")]
    [InlineData("1,2\n3,4 5\n", "line 2, column 2:", "'4 5' is not a number")]
    [InlineData("x;y\n1,5;2,5\n", "line 2, column 1 (x):", "'1,5' is not a number; decimals are written with a point")]
    [InlineData("1,2\n3,\n", "line 2, column 2:", "missing value")]
    [InlineData(",2\n3,4\n", "line 1, column 1:", "missing value")]
    [InlineData("1,2\n3,1e999\n", "line 2, column 2:", "'1e999' is too large")]
    [InlineData("1,2\n3,-1e309\n", "line 2, column 2:", "'-1e309' is too large")]
    [InlineData("1,2\n\"3,4\n", "line 2:", "not closed")]
    [InlineData("1,2\n\"3\"x,4\n", "line 2:", "after the closing quote")]
    [InlineData("x,y\n", "header, but no rows")]
    [InlineData("# nothing\n\n", "no rows")]
    [InlineData("\n", "no rows")]
    public void Open_BadText_SaysWhereAndWhat(string text, params string[] fragments) =>
        Refusal.ExpectVectors(_folder.Write("x.csv", text), fragments);

    [Fact]
    public void Open_LongWord_IsShortened()
    {
        string path = _folder.Write("x.csv", $"1\n{new string('a', 1_000_000)}\n");
        Refusal.ExpectVectors(path, "line 2, column 1:", "aaa...'");
    }

    [Fact]
    public void Open_ControlCharactersInAWord_StaysOneLine() =>
        Refusal.ExpectVectors(_folder.Write("x.csv", "1\n2\rb\u0001\u0085\n"), "line 2, column 1:");

    [Fact]
    public void Open_Utf16_IsRefused() =>
        Refusal.ExpectVectors(
            _folder.Write("x.csv", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("1,2\n")]), "UTF-16", "UTF-8");

    [Fact]
    public void Open_LinesAcrossBufferBoundaries_AreWhole()
    {
        // Longer than the first buffer of the reader, so that lines are split at its end and one line makes it grow.
        const int columns = 200_000;
        string wide = string.Join(',', Enumerable.Range(0, columns).Select(i => i + 0.25));
        string path = _folder.Write("x.csv", $"{wide}\n{wide}\r\n{wide}");
        IVectorSource source = VectorFile.Open(path);
        Assert.Equal(3, source.RowCount);
        double[] expected = [.. Enumerable.Range(0, columns).Select(i => i + 0.25)];
        Assert.Equal([.. expected, .. expected, .. expected], source.ReadAll());
    }

    [Fact]
    public void Open_ManyRows_GivesAllOfThemFromAnyPlace()
    {
        // More than one segment of the store behind it.
        const int rows = 150_000;
        string path = _folder.Write("x.csv", string.Concat(Enumerable.Range(0, rows).Select(i => $"{i},{-i}\n")));
        IRandomAccessVectorSource source = Assert.IsAssignableFrom<IRandomAccessVectorSource>(VectorFile.Open(path));
        double[] all = new double[2 * rows];
        source.Read(0, all);
        Assert.All(Enumerable.Range(0, rows), i => Assert.Equal((i, -i), (all[2 * i], all[(2 * i) + 1])));
        double[] few = new double[6];
        source.Read(65_535, few);
        Assert.Equal([65_535, -65_535, 65_536, -65_536, 65_537, -65_537], few);
    }

    [Fact]
    public void Open_AnyNumberInAnyNotation_GivesTheNearestDouble()
    {
        // The framework's parser is the reference for the fast path of the reader.
        Gen<string> number = Gen.OneOf(
            Gen.Double.Where(double.IsFinite).Select(v => v.ToString("R", System.Globalization.CultureInfo.InvariantCulture)),
            Gen.Select(Gen.String[Gen.Char['0', '9'], 1, 25], Gen.String[Gen.Char['0', '9'], 0, 25], Gen.Int[-330, 300], Gen.Int[0, 5])
                .Select((whole, fraction, exponent, form) => form switch
                {
                    0 => whole,
                    1 => $"-{whole}.{fraction}",
                    2 => $"+{whole}.{fraction}e{exponent}",
                    3 => $"{whole}E{exponent % 30}",
                    4 => $".{whole}",
                    _ => $"{whole}.{fraction}e{exponent % 30}",
                }));
        number.Array[1, 30].Sample(words =>
        {
            double[] expected = [.. words.Select(w => double.Parse(w, System.Globalization.CultureInfo.InvariantCulture))];
            if (expected.All(double.IsFinite))
            {
                double[] found = VectorFile.Open(_folder.Write("p.csv", string.Join('\n', words))).ReadAll();
                Assert.Equal(expected.Select(BitConverter.DoubleToInt64Bits), found.Select(BitConverter.DoubleToInt64Bits));
            }
        }, iter: 500, threads: 1);
    }
}
