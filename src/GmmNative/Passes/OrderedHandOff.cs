namespace GmmNative.Passes;

/// <summary>
/// Receives the results of each group from the threads of a pass in the order of the groups, regardless of the order in which they are
/// completed.
/// </summary>
/// <remarks>
/// There is no thread for receiving. The thread that completes the next group receives it, and then the completed groups that follow it,
/// while the other threads continue to compute. A thread may run at most two groups per thread ahead of the next group to receive, so
/// memory is bounded, and a slow receiver slows down the other threads. Nothing is allocated per group.
/// </remarks>
/// <typeparam name="TGroup">The results of a group.</typeparam>
/// <param name="threads">The number of threads that process groups, at least 1.</param>
internal abstract class OrderedHandOff<TGroup>(int threads)
    where TGroup : class
{
    private readonly object _lock = new();
    private readonly int _window = 2 * threads;
    private readonly Dictionary<long, TGroup> _waiting = new((2 * threads) + 1);
    private long _next;
    private bool _isReceiving;
    private bool _isAbandoned;

    /// <summary>The number of threads that process groups.</summary>
    public int Threads => threads;

    /// <summary>Returns the results for a thread to fill, as soon as the group is not too far ahead of the next group to receive.</summary>
    /// <param name="group">The index of the group in the data set, from 0.</param>
    /// <returns>The results, or <see langword="null"/> if another thread failed and the pass is abandoned.</returns>
    public TGroup? Rent(long group)
    {
        lock (_lock)
        {
            while (!_isAbandoned && group >= _next + _window)
            {
                Monitor.Wait(_lock);
            }

            if (_isAbandoned)
            {
                return null;
            }
        }

        return Make();
    }

    /// <summary>Completes the rented results of a group, and receives every group that is next in order.</summary>
    /// <exception cref="Exception">Receiving failed. No further group is received, and the caller must abandon the pass.</exception>
    public void Complete(long group, TGroup results)
    {
        lock (_lock)
        {
            _waiting.Add(group, results);
            if (_isReceiving || group != _next)
            {
                return;
            }

            _isReceiving = true;
        }

        for (long received = 0; TryTake(received) is { } turn; received = 1)
        {
            // Outside the lock: receiving may take long, and other threads can complete their groups in the meantime.
            Receive(turn);
        }
    }

    /// <summary>Releases waiting threads, because a group will never be completed.</summary>
    public void Abandon()
    {
        lock (_lock)
        {
            _isAbandoned = true;
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Provides the results for a thread to fill. Called from any thread.</summary>
    protected abstract TGroup Make();

    /// <summary>Receives the next group. Called from one thread at a time, in the order of the groups.</summary>
    protected abstract void Receive(TGroup results);

    /// <summary>Returns the next group if it is complete. Otherwise the calling thread stops receiving.</summary>
    private TGroup? TryTake(long received)
    {
        lock (_lock)
        {
            _next += received;
            if (received > 0)
            {
                Monitor.PulseAll(_lock);
            }

            TGroup? turn = null;
            _isReceiving = !_isAbandoned && _waiting.Remove(_next, out turn);
            return turn;
        }
    }
}
