using System.Runtime.InteropServices;

namespace GmmNative.Cli;

/// <summary>
/// Turns the first SIGINT (Ctrl-C) or SIGTERM into a cancellation; the second ends the process at once. Only while work runs that
/// can be cancelled: before and after, signals do what they always do.
/// </summary>
/// <remarks>
/// On Windows these are Ctrl-C and the system's shutdown; Ctrl-Break, the only signal that one program can send to another there, and the closing
/// of the console's window count as well.
/// </remarks>
internal sealed class Interruption : IDisposable
{
    // SIGQUIT is Ctrl-Break and SIGHUP the closed window on Windows; on Linux the one asks for a core dump, and the other goes to whoever ignores it.
    private static readonly PosixSignal[] Signals = OperatingSystem.IsWindows()
        ? [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGQUIT, PosixSignal.SIGHUP]
        : [PosixSignal.SIGINT, PosixSignal.SIGTERM];

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;

    public Interruption() => _registrations = [.. Signals.Select(signal => PosixSignalRegistration.Create(signal, OnSignal))];

    /// <summary>Cancelled at the first signal.</summary>
    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        if (_source.IsCancellationRequested)
        {
            return;
        }

        context.Cancel = true;
        _source.Cancel();
        if (OperatingSystem.IsWindows() && context.Signal is PosixSignal.SIGTERM or PosixSignal.SIGHUP)
        {
            // Windows ends the process when this returns, or after some seconds. Until then the model can be written, and the process ends by itself.
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
