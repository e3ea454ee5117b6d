namespace GmmNative.Passes;

/// <summary>
/// Takes what the threads of a pass made of each group, and receives it in the order of the groups, whatever order they are finished in.
/// </summary>
/// <remarks>
/// There is no thread for receiving: the thread that brings the group whose turn it is receives it, and after it those that have waited for
/// it, while the others compute on. A thread may run ahead of the group that is missing by two groups per thread only, so memory is bounded
/// and a slow receiver slows the others down. Nothing is allocated per group.
/// </remarks>
/// <typeparam name="TGroup">What a thread makes of a group.</typeparam>
/// <param name="threads">Threads that will work, at least 1.</param>
internal abstract class OrderedHandOff<TGroup>(int threads)
    where TGroup : class
{
    private readonly object _lock = new();
    private readonly int _window = 2 * threads;
    private readonly Dictionary<long, TGroup> _waiting = new((2 * threads) + 1);
    private long _next;
    private bool _isReceiving;
    private bool _isAbandoned;

    /// <summary>Threads that will work.</summary>
    public int Threads => threads;

    /// <summary>What a thread is to fill for a group, once the group is not too far ahead of the one that is missing.</summary>
    /// <param name="group">The group's place in the data set, from 0.</param>
    /// <returns><see langword="null"/> when another thread failed and there is nothing more to do.</returns>
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

    /// <summary>Hands in what was rented for a group, and receives every group whose turn that makes it.</summary>
    /// <exception cref="Exception">Receiving failed. Nothing more is received; the caller must abandon the pass.</exception>
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
            // Outside the lock: it may take long, and meanwhile the others hand in theirs.
            Receive(turn);
        }
    }

    /// <summary>Lets waiting threads go: a group will never come.</summary>
    public void Abandon()
    {
        lock (_lock)
        {
            _isAbandoned = true;
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Gives a thread what it is to fill; called from any thread.</summary>
    protected abstract TGroup Make();

    /// <summary>Receives the next group; called from one thread at a time, in the order of the groups.</summary>
    protected abstract void Receive(TGroup results);

    /// <summary>The group whose turn it is, if it is there; whoever gets none is no longer the one that receives.</summary>
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
