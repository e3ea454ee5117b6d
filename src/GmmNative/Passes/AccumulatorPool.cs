using System.Collections.Concurrent;

namespace GmmNative.Passes;

/// <summary>
/// Sums that one pass leaves to the next: they can be megabytes each, and making them anew for every pass costs page faults and collections
/// worth several per cent of a training. Thread-safe.
/// </summary>
internal sealed class AccumulatorPool<TAccumulator>
    where TAccumulator : class, IAccumulator<TAccumulator>
{
    private readonly Func<TAccumulator> _create;
    private readonly Action<TAccumulator> _begin;
    private readonly ConcurrentBag<TAccumulator> _free;

    /// <summary>Makes an empty pool.</summary>
    /// <param name="create">Makes sums where none is free.</param>
    public AccumulatorPool(Func<TAccumulator> create)
        : this(create, sums => sums.Clear(), [])
    {
    }

    private AccumulatorPool(Func<TAccumulator> create, Action<TAccumulator> begin, ConcurrentBag<TAccumulator> free)
    {
        _create = create;
        _begin = begin;
        _free = free;
    }

    /// <summary>The same sums for a pass that begins them in its own way.</summary>
    /// <param name="begin">Clears sums and sets what they are about, whether they are new or have been used.</param>
    public AccumulatorPool<TAccumulator> BegunBy(Action<TAccumulator> begin) => new(_create, begin, _free);

    /// <summary>Cleared sums, the caller's own until they are returned.</summary>
    public TAccumulator Rent()
    {
        if (!_free.TryTake(out TAccumulator? sums))
        {
            sums = _create();
        }

        _begin(sums);
        return sums;
    }

    /// <summary>Gives sums back; they must not be used any more.</summary>
    public void Return(TAccumulator sums) => _free.Add(sums);
}
