using System.Collections.Concurrent;

namespace GmmNative.Passes;

/// <summary>
/// Keeps the sums of one pass for the next. They can be megabytes each, and allocating them again for every pass would cost page faults and
/// collections worth several percent of a training. Thread-safe.
/// </summary>
internal sealed class AccumulatorPool<TAccumulator>
    where TAccumulator : class, IAccumulator<TAccumulator>
{
    private readonly Func<TAccumulator> _create;
    private readonly Action<TAccumulator> _begin;
    private readonly ConcurrentBag<TAccumulator> _free;

    /// <summary>Creates an empty pool.</summary>
    /// <param name="create">Creates sums when the pool is empty.</param>
    public AccumulatorPool(Func<TAccumulator> create)
        : this(create, sums => sums.Clear(), [])
    {
    }

    /// <summary>Creates an empty pool.</summary>
    /// <param name="create">Creates sums when the pool is empty.</param>
    /// <param name="begin">Clears sums and sets their origins, for new and for used sums.</param>
    public AccumulatorPool(Func<TAccumulator> create, Action<TAccumulator> begin)
        : this(create, begin, [])
    {
    }

    private AccumulatorPool(Func<TAccumulator> create, Action<TAccumulator> begin, ConcurrentBag<TAccumulator> free)
    {
        _create = create;
        _begin = begin;
        _free = free;
    }

    /// <summary>Returns a pool of the same sums for a pass that begins them in a different way.</summary>
    /// <param name="begin">Clears sums and sets their origins, for new and for used sums.</param>
    public AccumulatorPool<TAccumulator> BegunBy(Action<TAccumulator> begin) => new(_create, begin, _free);

    /// <summary>Rents cleared sums, for exclusive use until they are returned.</summary>
    public TAccumulator Rent()
    {
        if (!_free.TryTake(out TAccumulator? sums))
        {
            sums = _create();
        }

        _begin(sums);
        return sums;
    }

    /// <summary>Returns sums to the pool. The caller must not use them any more.</summary>
    public void Return(TAccumulator sums) => _free.Add(sums);
}
