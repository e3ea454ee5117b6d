using GmmNative.Cli.Options;
using GmmNative.Cli.Training;
using Xunit;

namespace GmmNative.Cli.Tests;

/// <summary>The line that says, where nothing else does for a minute, that a training goes on. Here the minute is short.</summary>
public sealed class SilenceTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMilliseconds(50);

    [Fact]
    public void Run_NoReports_SaysWithTheTimeHowFarItIs()
    {
        string[] lines = Lines(ConsoleVerbosity.Summary, progress =>
        {
            progress.Report(Iteration(3, complete: true));
            Thread.Sleep(20 * Minute);
        });
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.Matches(@"^\d\d:\d\d:\d\d iteration 3: average log-likelihood -2\.5000 nats, 1\.00 s$", line));
    }

    [Fact]
    public void Run_NothingReportedYet_SaysThatItReads() =>
        Assert.Contains(
            Lines(ConsoleVerbosity.Summary, _ => Thread.Sleep(20 * Minute)), line => line.EndsWith("reading", StringComparison.Ordinal));

    [Fact]
    public void Run_WithinAnIteration_SaysHowManyRows() => Assert.Contains(
        Lines(ConsoleVerbosity.Summary, progress =>
        {
            progress.Report(Iteration(4, complete: false));
            Thread.Sleep(20 * Minute);
        }),
        line => line.EndsWith("iteration 4: 10 of 40 rows", StringComparison.Ordinal));

    [Fact]
    public void Run_Quiet_SaysNothing() => Assert.Empty(Lines(ConsoleVerbosity.Silent, progress =>
    {
        progress.Report(Iteration(3, complete: true));
        Thread.Sleep(10 * Minute);
    }));

    private static string[] Lines(ConsoleVerbosity verbosity, Action<IProgress<EmIteration>> work)
    {
        StringWriter writer = new();
        new TrainingLines(writer, verbosity, Minute).Run(progress =>
        {
            work(progress);
            return 0;
        });
        return writer.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
    }

    private static EmIteration Iteration(int number, bool complete) => new()
    {
        Phase = TrainingPhase.Em,
        Iteration = number,
        IterationLimit = 100,
        Components = 2,
        IsComplete = complete,
        Rows = complete ? 40 : 10,
        RowCount = 40,
        TotalLogLikelihood = complete ? -100 : double.NaN,
        Elapsed = TimeSpan.FromSeconds(1),
    };
}
