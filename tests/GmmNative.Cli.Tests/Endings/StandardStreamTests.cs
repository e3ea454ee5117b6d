using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Cli.Tests;

/// <summary>
/// Standard streams that are closed, full or left by their reader. Messages are dropped; data that cannot be written is an error.
/// </summary>
[Trait(SelfContainedLibraries.Requires, "Linux")]
[Trait("Lane", "Slow")]
public sealed class StandardStreamTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public StandardStreamTests()
    {
        ModelFile.Save(TestData.Model, _folder["model.npz"]);
        File.Copy(TestData.Faithful, _folder["data.csv"]);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("2>/dev/full")]
    [InlineData("2>&-")]
    [InlineData("2>/dev/full >/dev/full")]
    [InlineData("2>&- >&- <&-")]
    [InlineData("2>&1 | true")]
    public void Train_MessagesCannotBeWritten_TrainsAllTheSame(string streams)
    {
        GmmProcessResult result = Run($"gmm train data.csv -k 2 -o new.npz -vv --report report.json {streams}");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(2, ModelFile.Load(_folder["new.npz"]).ComponentCount);
        Assert.True(new FileInfo(_folder["report.json"]).Length > 0);
    }

    [Theory]
    [InlineData("gmm train nothing.csv -k 2 -o new.npz", 1)]
    [InlineData("gmm train data.csv -k 0 -o new.npz", 2)]
    [InlineData("gmm nonsense", 2)]
    public void Run_ErrorCannotBeWritten_KeepsTheExitCode(string command, int exitCode)
    {
        Assert.Equal(exitCode, Run($"{command} 2>/dev/full").ExitCode);
        Assert.Equal(exitCode, Run($"{command} 2>&-").ExitCode);
    }

    [Theory]
    [InlineData("gmm train - --dimension 2 -k 2 -o new.npz <&-", "standard input")]
    [InlineData("gmm train /dev/stdin --dimension 2 -k 2 -o new.npz <&-", "/dev/stdin")]
    [InlineData("gmm score model.npz - --dimension 2 -q <&-", "standard input")]
    public void Run_StandardInputIsClosed_EndsAtOnce(string script, string name)
    {
        GmmProcessResult result = Run(script);
        string line = Assert.Single(result.ErrorLines);
        Assert.Contains(name, line, StringComparison.Ordinal);
        Assert.Contains("closed", line, StringComparison.Ordinal);
        Assert.Equal(1, result.ExitCode);
        Assert.False(File.Exists(_folder["new.npz"]));
    }

    [Theory]
    [InlineData("gmm score model.npz data.csv")]
    [InlineData("gmm predict model.npz data.csv")]
    [InlineData("gmm predict model.npz data.csv -o -")]
    [InlineData("gmm posterior model.npz data.csv -o /dev/stdout")]
    [InlineData("gmm info model.npz")]
    [InlineData("gmm info model.npz --json")]
    [InlineData("gmm --help")]
    [InlineData("gmm --version")]
    public void Run_DataCannotBeWritten_IsAnError(string command)
    {
        foreach ((string stream, string reason) in (ReadOnlySpan<(string, string)>)[(">/dev/full", "full"), (">&-", "closed")])
        {
            GmmProcessResult result = Run($"{command} {stream}");
            string line = Assert.Single(result.ErrorLines);
            Assert.StartsWith("gmm: ", line, StringComparison.Ordinal);
            Assert.Contains("cannot be written", line, StringComparison.Ordinal);
            Assert.Contains(reason, line, StringComparison.Ordinal);
            Assert.Equal(1, result.ExitCode);
        }
    }

    [Theory]
    [InlineData("gmm score model.npz many.csv -q")]
    [InlineData("gmm predict model.npz many.csv -q")]
    [InlineData("gmm posterior model.npz many.csv -q -o -")]
    [InlineData("gmm info model.npz")]
    [InlineData("gmm info model.npz --json")]
    [InlineData("gmm train --help")]
    public void Run_ReaderOfOutputGoesAway_EndsQuietly(string command)
    {
        _folder.Write("many.csv", string.Concat(Enumerable.Repeat("3.5,70\n2.1,51\n", 20_000)));
        GmmProcessResult result = Run($"{{ {command}; echo $? > code; }} | head -c 10");
        Assert.Equal("", result.StandardError);
        Assert.Equal(10, result.StandardOutput.Length);
        Assert.Equal("0", File.ReadAllText(_folder["code"]).Trim());
    }

    [Fact]
    public void Transform_ReaderOfOneOutputGoesAway_WritesTheOthers()
    {
        _folder.Write("many.csv", string.Concat(Enumerable.Repeat("3.5\n2.1\n", 50_000)));
        GmmProcessResult result = Run("gmm transform model.npz many.csv -q -o - --labels labels.npy | head -c 10");
        Assert.Equal("", result.StandardError);
        Assert.True(new FileInfo(_folder["labels.npy"]).Length > 400_000);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(40)]
    [InlineData(60)]
    public void Train_TooFewFilesMayBeOpen_WorksOrSaysSoInOneLine(int limit)
    {
        GmmProcessResult result = Run($"ulimit -n {limit}; gmm train data.csv -k 2 -q -o new.npz");
        if (result.ExitCode == 0)
        {
            Assert.Equal(2, ModelFile.Load(_folder["new.npz"]).ComponentCount);
            return;
        }

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("ulimit -n", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["new.npz"]));
    }

    private GmmProcessResult Run(string script) => GmmShell.Run(script, _folder.Root);
}
