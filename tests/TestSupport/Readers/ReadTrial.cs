using System.Diagnostics;

namespace GmmNative.TestSupport;

/// <summary>
/// One file given to one reader, and what has to hold for any bytes: rows, a model or a <see cref="GmmException"/> with a message of one
/// line; soon; and in
/// little memory.
/// </summary>
public sealed record ReadTrial
{
    /// <summary>Memory that any file may take, beside ten times its size.</summary>
    public const long FreeBytes = 50_000_000;

    /// <summary>How often the size of a file may be taken.</summary>
    public const long SizeFactor = 10;

    /// <summary>
    /// A model that is there takes its numbers, and one covariance of each component to find out whether it is positive definite.
    /// </summary>
    public const long ModelFactor = 3;

    /// <summary>The longest a file below <see cref="SmallFile"/> may take.</summary>
    public static readonly TimeSpan LongestRead = TimeSpan.FromSeconds(1);

    /// <summary>The largest file that must be read soon.</summary>
    public const long SmallFile = 100_000;

    // From here on the check of a covariance may take its time.
    private const int LargeDimension = 512;
    private const int LongestMessage = 1000;

    /// <summary>Whether the file was read; otherwise it was refused, or something is wrong.</summary>
    public bool IsRead { get; private init; }

    /// <summary>What is wrong, or <see langword="null"/>.</summary>
    public string? Problem { get; private init; }

    /// <summary>The kind of problem: the name of an exception, or memory, time or message.</summary>
    public string? ProblemKind { get; private init; }

    /// <summary>Seconds of work it took.</summary>
    public double Seconds { get; private init; }

    /// <summary>Bytes allocated, over what the size of the file (and a model that was read) allows.</summary>
    public double MemoryShare { get; private init; }

    /// <summary>Bytes allocated.</summary>
    public long AllocatedBytes { get; private init; }

    /// <summary>Reads a file in one of the reader's ways.</summary>
    public static ReadTrial Run(string path, Func<string, ReadResult> read)
    {
        ReadTrial trial = RunOnce(path, read);

        // Another thread may have had the processor: what is slow is so every time.
        for (int again = 0; again < 2 && trial.ProblemKind == "time"; again++)
        {
            trial = RunOnce(path, read);
        }

        return trial;
    }

    private static ReadTrial RunOnce(string path, Func<string, ReadResult> read)
    {
        long size = new FileInfo(path).Length;
        ReadResult result = default;
        Exception? thrown = null;
        long before = GC.GetAllocatedBytesForCurrentThread();
        TimeSpan busyBefore = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        try
        {
            result = read(path);
        }
        catch (Exception e)
        {
            thrown = e;
        }

        // A reader does not wait for anything but the processor, for which this process may have to wait: time that it did not get is not
        // counted.
        double seconds = Math.Min(Stopwatch.GetElapsedTime(start).TotalSeconds, (Environment.CpuUsage.TotalTime - busyBefore).TotalSeconds);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        double allowed = (SizeFactor * size) + FreeBytes + (ModelFactor * result.ModelBytes);
        bool mayBeSlow = size > SmallFile || result.ModelDimension >= LargeDimension;
        (string Kind, string Text)? problem = thrown switch
        {
            not (null or GmmException) => (thrown.GetType().Name, thrown.ToString()),
            not null when MessageProblem(thrown.Message, path) is string text => ("message", text),
            _ when allocated > allowed => ("memory", $"{allocated} bytes were allocated, {allowed} are allowed for a file of {size}."),
            _ when seconds > LongestRead.TotalSeconds && !mayBeSlow => ("time", $"{seconds} s for a file of {size} bytes."),
            _ => null,
        };
        return new ReadTrial
        {
            IsRead = thrown is null,
            Problem = problem?.Text,
            ProblemKind = problem?.Kind,
            Seconds = seconds,
            MemoryShare = allocated / allowed,
            AllocatedBytes = allocated,
        };
    }

    private static string? MessageProblem(string message, string path) =>
        message.Any(char.IsControl) ? $"The message is not one line: {message}"
        : !message.Contains(path, StringComparison.Ordinal) ? $"The message does not name the file: {message}"
        : message.Length > LongestMessage + path.Length ? $"The message has {message.Length} characters: {message}"
        : null;
}
