using GmmNative.Cli.Endings;
using GmmNative.Interop.Posix;

namespace GmmNative.Cli;

/// <summary>
/// Runs a command on a separate thread, so that a signal can end the program promptly at any time. The factorization of one large
/// covariance takes seconds, and no library can be interrupted in it.
/// </summary>
internal static class CommandRun
{
    // The command gets half of the second that an ending may take. The other half remains for starting to write.
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
