namespace GmmNative.Passes;

/// <summary>
/// Adds the groups' sums in the order of the groups, whatever order they are finished in, and keeps the number of sums that
/// wait for their turn small: memory is a few sums a thread, not one a group.
/// </summary>
internal sealed class OrderedMerge<TAccumulator>
    where TAccumulator : class, IAccumulator<TAccumulator>
{
    private readonly object _lock = new();
    private readonly AccumulatorPool<TAccumulator> _pool;
    private readonly Dictionary<long, TAccumulator> _waiting = [];
    private readonly int _window;
    private long _next;
    private bool _abandoned;

    /// <summary>Starts at group 0.</summary>
    /// <param name="pool">Gives sums, and takes them back once they are merged.</param>
    /// <param name="threads">Threads that will work.</param>
    public OrderedMerge(AccumulatorPool<TAccumulator> pool, int threads)
    {
        _pool = pool;
        _window = 2 * threads;
        Total = pool.Rent();
    }

    /// <summary>The sums of all groups merged so far; of all groups once every thread is done.</summary>
    public TAccumulator Total { get; }

    /// <summary>Cleared sums for a group, once the group is not too far ahead of the ones still missing.</summary>
    /// <returns><see langword="null"/> when another thread failed and there is nothing more to do.</returns>
    public TAccumulator? Rent(long group)
    {
        lock (_lock)
        {
            while (!_abandoned && group >= _next + _window)
            {
                Monitor.Wait(_lock);
            }

            if (_abandoned)
            {
                return null;
            }
        }

        return _pool.Rent();
    }

    /// <summary>Hands in a group's sums.</summary>
    public void Complete(long group, TAccumulator sums)
    {
        lock (_lock)
        {
            _waiting.Add(group, sums);
            while (_waiting.Remove(_next, out TAccumulator? turn))
            {
                Total.Add(turn);
                _pool.Return(turn);
                _next++;
            }

            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Lets waiting threads go: a group will never come.</summary>
    public void Abandon()
    {
        lock (_lock)
        {
            _abandoned = true;
            Monitor.PulseAll(_lock);
        }
    }
}
