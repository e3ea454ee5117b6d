using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using GmmNative.Interop.Posix;

namespace GmmNative.Cli.Endings;

/// <summary>
/// Turns the first termination signal into a cancellation; the second one ends the program immediately. SIGHUP remains ignored if it was
/// ignored when the program started, as under <c>nohup</c>.
/// </summary>
/// <remarks>
/// On Windows the signals are Ctrl-C, system shutdown, closing of the console window, and Ctrl-Break, which is the only signal that one
/// program can send to another there.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "It lives as long as the program, because a signal can arrive at any time.")]
internal sealed class Interruption
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;

    private volatile IEnding _ending = new DroppedOutputs();
    private int _signals;

    /// <summary>Registers for the signals.</summary>
    public Interruption() => _registrations = [.. Signals().Select(signal => PosixSignalRegistration.Create(signal, OnSignal))];

    /// <summary>The token that the first signal cancels.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>What the running command does when a signal stops it.</summary>
    public IEnding Ending
    {
        get => _ending;
        set => _ending = value;
    }

    private static IEnumerable<PosixSignal> Signals()
    {
        yield return PosixSignal.SIGINT;
        yield return PosixSignal.SIGTERM;
        if (OperatingSystem.IsWindows())
        {
            // Ctrl-Break. On Linux SIGQUIT requests a core dump.
            yield return PosixSignal.SIGQUIT;
        }

        if (!ProcessSignals.IsIgnored(ProcessSignals.HangUp))
        {
            yield return PosixSignal.SIGHUP;
        }
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _signals) > 1)
        {
            DroppedOutputs.Remove();
            ProcessSignals.ExitNow(ExitCode.Interrupted);
        }

        _source.Cancel();
        if (OperatingSystem.IsWindows() && context.Signal is PosixSignal.SIGTERM or PosixSignal.SIGHUP)
        {
            // Windows ends the process when this handler returns, or after some seconds. Blocking here leaves time to write the model; the
            // process then exits on its own.
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
