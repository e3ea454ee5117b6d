using GmmNative.Files.Output;

namespace GmmNative.Cli.Endings;

/// <summary>The ending of a command whose work is nothing until it is complete: no file is written.</summary>
/// <param name="message">The last line.</param>
internal sealed class DroppedOutputs(string message = ErrorReport.NothingWritten) : IEnding
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    /// <summary>Removes what is being written. Gives up where a disk does not answer: an end comes first.</summary>
    public static void Remove() => InTime(TemporaryFile.AbandonAll);

    /// <summary>Writes a last line, unless whoever reads standard error keeps it waiting.</summary>
    public static void WriteLastLine(string message) => InTime(() => ErrorReport.WriteLine(message));

    /// <summary>Does something that may be kept waiting, and waits for it no longer than an ending can.</summary>
    public static void InTime(ThreadStart action)
    {
        Thread thread = new(action) { IsBackground = true };
        thread.Start();
        thread.Join(Patience);
    }

    public void Begin() => Remove();

    public int Finish()
    {
        // Of files that were begun after the signal came.
        Remove();
        WriteLastLine(message);
        return ExitCode.Interrupted;
    }
}
