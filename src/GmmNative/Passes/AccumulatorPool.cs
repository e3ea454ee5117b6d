using System.Collections.Concurrent;

namespace GmmNative.Passes;

/// <summary>
/// Sums that one pass leaves to the next: they can be megabytes each, and making them anew for every pass costs page faults and collections
/// worth several per cent of a training. Thread-safe.
/// </summary>
internal sealed class AccumulatorPool<TAccumulator>(Func<TAccumulator> create)
    where TAccumulator : class, IAccumulator<TAccumulator>
{
    private readonly ConcurrentBag<TAccumulator> _free = [];

    /// <summary>Cleared sums, the caller's own until they are returned.</summary>
    public TAccumulator Rent()
    {
        if (!_free.TryTake(out TAccumulator? sums))
        {
            return create();
        }

        sums.Clear();
        return sums;
    }

    /// <summary>Gives sums back; they must not be used any more.</summary>
    public void Return(TAccumulator sums) => _free.Add(sums);
}
