using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Cli.Tests;

/// <summary>The command lines of pages in <c>docs</c> run in a clone, one after the other.</summary>
[Trait("Lane", "Slow")]
public sealed class PageTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("selection.md", 5)]
    public void Page_CommandLines_Succeed(string page, int count)
    {
        Directory.CreateDirectory(_folder["samples/data"]);
        File.Copy(TestData.Faithful, _folder["samples/data/faithful.csv"]);
        string[] lines = [.. File.ReadLines(Path.Combine(TestSupport.TestData.Root, "docs", page))
            .Where(line => line.StartsWith("gmm ", StringComparison.Ordinal))];
        Assert.Equal(count, lines.Length);
        foreach (string line in lines)
        {
            GmmProcessResult result = GmmProcess.Run(line.Split(' ')[1..], workingDirectory: _folder.Root);
            Assert.True(result.ExitCode == 0, $"{line}: {result.StandardError}");
        }
    }
}
