using GmmNative.Files.Output;

namespace GmmNative.Cli.Endings;

/// <summary>The ending of a command whose results are useless until they are complete: nothing is written.</summary>
/// <param name="message">The last line.</param>
internal sealed class DroppedOutputs(string message = ErrorReport.NothingWritten) : IEnding
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    /// <summary>Removes incomplete outputs. Gives up if a disk does not respond, because ending in time has priority.</summary>
    public static void Remove() => InTime(TemporaryFile.AbandonAll);

    /// <summary>Writes a last line, unless standard error is blocked.</summary>
    public static void WriteLastLine(string message) => InTime(() => ErrorReport.WriteLine(message));

    /// <summary>Runs an action that may block, and waits for it only as long as an ending may take.</summary>
    public static void InTime(ThreadStart action)
    {
        Thread thread = new(action) { IsBackground = true };
        thread.Start();
        thread.Join(Patience);
    }

    public void Begin() => Remove();

    public int Finish()
    {
        // Removes files that were created after the signal.
        Remove();
        WriteLastLine(message);
        return ExitCode.Interrupted;
    }
}
