namespace GmmNative.Fuzz;

/// <summary>Ends the process when a file is being read for ever: a thread cannot be ended from outside.</summary>
internal sealed class Watchdog : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly Timer _timer;
    private volatile byte[] _bytes = [];

    /// <summary>Starts watching.</summary>
    /// <param name="keep">What to do with the bytes before the process ends.</param>
    public Watchdog(Action<byte[]> keep)
    {
        _timer = new Timer(_ =>
        {
            keep(_bytes);
            Environment.Exit(1);
        });
    }

    /// <summary>A file is about to be read.</summary>
    public void Watch(byte[] bytes)
    {
        _bytes = bytes;
        _timer.Change(Longest, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Ends watching.</summary>
    public void Dispose() => _timer.Dispose();
}
