using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Files;

/// <summary>The kept files of the fuzz harness: what was found once is not found again.</summary>
public sealed class ReaderCorpusTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Files
    {
        get
        {
            string root = Path.Combine(AppContext.BaseDirectory, "corpus");
            return [.. ReaderTarget.All.SelectMany(reader => Directory.GetFiles(Path.Combine(root, reader.Name)))
                .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Files))]
    public void Read_KeptFile_SucceedsOrIsRefused(string file)
    {
        ReaderTarget target = ReaderTarget.All.Single(reader => reader.Name == file.Split('/')[0]);
        byte[] bytes = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "corpus", file));
        foreach (string extension in target.Extensions)
        {
            string path = _folder.Write("x" + extension, bytes);
            Assert.All(target.Reads, read => Assert.Null(ReadTrial.Run(path, read).Problem));
        }
    }

    [Fact]
    public void Trial_OfAReaderThatBreaksTheRules_SaysSo()
    {
        string path = _folder.Write("x", "x");
        Assert.Equal("FormatException", ReadTrial.Run(path, _ => throw new FormatException()).ProblemKind);
        Assert.Equal("message", ReadTrial.Run(path, _ => throw new GmmException($"{path}: two\nlines")).ProblemKind);
        Assert.Equal("message", ReadTrial.Run(path, _ => throw new GmmException("which file?")).ProblemKind);
        Assert.Equal("memory", ReadTrial.Run(path, _ => new ReadResult(new byte[60_000_000].Length / 100, 1)).ProblemKind);
        Assert.Equal("time", ReadTrial.Run(path, _ =>
        {
            TimeSpan longer = TimeSpan.FromSeconds(1.1);
            TimeSpan end = Environment.CpuUsage.TotalTime + longer;
            long start = Environment.TickCount64;
            while (Environment.CpuUsage.TotalTime < end || Environment.TickCount64 - start < longer.TotalMilliseconds)
            {
                Thread.SpinWait(1000);
            }

            return default;
        }).ProblemKind);
        Assert.Null(ReadTrial.Run(path, _ => throw new GmmException($"{path}: refused.")).Problem);
        Assert.Null(ReadTrial.Run(path, _ => default).Problem);
    }
}
