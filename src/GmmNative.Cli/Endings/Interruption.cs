using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using GmmNative.Interop.Posix;

namespace GmmNative.Cli.Endings;

/// <summary>
/// Turns the first signal that asks the program to end into a cancellation; the second ends it at once. SIGHUP stays ignored where it was
/// ignored when the program was started, as under <c>nohup</c>.
/// </summary>
/// <remarks>
/// On Windows these are Ctrl-C and the system's shutdown; Ctrl-Break, the only signal that one program can send to another there, and the
/// closing
/// of the console's window count as well.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "It lives as long as the program: a signal may come in its last moment.")]
internal sealed class Interruption
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;

    private volatile IEnding _ending = new DroppedOutputs();
    private int _signals;

    /// <summary>Registers for the signals.</summary>
    public Interruption() => _registrations = [.. Signals().Select(signal => PosixSignalRegistration.Create(signal, OnSignal))];

    /// <summary>Cancelled at the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>How the command that runs ends early.</summary>
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
            // Ctrl-Break; on Linux SIGQUIT asks for a core dump.
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
            // Windows ends the process when this returns, or after some seconds. Until then the model can be written, and the process ends
            // by itself.
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
