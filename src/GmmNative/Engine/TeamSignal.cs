namespace GmmNative;

/// <summary>Wakes one thread, which may look out for the signal for a moment before it sleeps.</summary>
internal sealed class TeamSignal
{
    /// <summary>Times to look: about a millisecond, which is longer than most M-steps.</summary>
    private const int Looks = 1000;

    private readonly object _lock = new();
    private volatile bool _given;

    /// <summary>Gives the signal.</summary>
    public void Give()
    {
        lock (_lock)
        {
            _given = true;
            Monitor.Pulse(_lock);
        }
    }

    /// <summary>Waits for the signal, and takes it.</summary>
    /// <param name="lookOut">Whether to look out for it before sleeping.</param>
    /// <param name="milliseconds">Longest sleep, or <see cref="Timeout.Infinite"/>.</param>
    /// <returns><see langword="false"/> if there was none for so long.</returns>
    public bool TryTake(bool lookOut, int milliseconds)
    {
        SpinWait spin = default;
        for (int look = 0; lookOut && look < Looks && !_given; look++)
        {
            // Yields the processor to whoever wants it, but does not sleep.
            spin.SpinOnce(sleep1Threshold: -1);
        }

        lock (_lock)
        {
            while (!_given)
            {
                if (!Monitor.Wait(_lock, milliseconds))
                {
                    return false;
                }
            }

            _given = false;
            return true;
        }
    }
}
