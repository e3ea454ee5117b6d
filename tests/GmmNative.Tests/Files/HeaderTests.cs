using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Files;

/// <summary>Which first lines of text files are headers.</summary>
public class HeaderTests
{
    [Theory]
    [InlineData("a,b\n1,2\n", 1)]
    [InlineData("1,2\n3,4\n", 2)]
    public void Open_FirstLineOfOneKind_IsHeaderIfItHasWords(string text, long rows)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("x.csv", text);

        Assert.Equal(rows, VectorFile.Open(path).RowCount);
    }

    [Fact]
    public void Open_FirstLineMixesWordsAndNumbers_IsError()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("x.csv", "1,two\n3,4\n");

        VectorDataException error = Assert.Throws<VectorDataException>(() => VectorFile.Open(path));

        Assert.Contains("x.csv", error.Message, StringComparison.Ordinal);
        Assert.Contains("line 1, column 2", error.Message, StringComparison.Ordinal);
        Assert.Contains("two", error.Message, StringComparison.Ordinal);
    }
}
