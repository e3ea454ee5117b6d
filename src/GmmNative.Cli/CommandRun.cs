using GmmNative.Cli.Endings;
using GmmNative.Interop.Posix;

namespace GmmNative.Cli;

/// <summary>
/// Runs a command on a thread of its own, so that a signal ends the program soon whatever that thread is in: the factorisation of one large
/// covariance takes seconds, and no library can be called back from it.
/// </summary>
internal static class CommandRun
{
    // Of the second that an ending may take; the rest is for starting to write.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs the command.</summary>
    /// <param name="command">Returns the exit code; it must not throw.</param>
    /// <returns>The exit code.</returns>
    public static int Execute(Func<Interruption, int> command)
    {
        Interruption interruption = new();
        ManualResetEventSlim done = new();
        int exitCode = ExitCode.InternalError;
        new Thread(() =>
        {
            exitCode = command(interruption);
            done.Set();
        })
        { IsBackground = true, Name = "gmm command" }.Start();
        if (WaitHandle.WaitAny([done.WaitHandle, interruption.Token.WaitHandle]) == 0)
        {
            return exitCode;
        }

        interruption.Ending.Begin();
        if (done.Wait(Grace))
        {
            return exitCode;
        }

        exitCode = interruption.Ending.Finish();
        if (OperatingSystem.IsLinux())
        {
            ProcessSignals.ExitNow(exitCode);
        }

        return exitCode;
    }
}
