namespace GmmNative.Passes;

/// <summary>
/// Adds the groups' sums in the order of the groups, and keeps the number of sums that wait for their turn small: memory is a few sums a
/// thread, not one a group.
/// </summary>
/// <param name="pool">Gives sums, and takes them back once they are merged.</param>
/// <param name="threads">Threads that will work.</param>
internal sealed class OrderedMerge<TAccumulator>(AccumulatorPool<TAccumulator> pool, int threads) : OrderedHandOff<TAccumulator>(threads)
    where TAccumulator : class, IAccumulator<TAccumulator>
{
    /// <summary>The sums of all groups merged so far; of all groups once every thread is done.</summary>
    public TAccumulator Total { get; } = pool.Rent();

    /// <inheritdoc/>
    protected override TAccumulator Make() => pool.Rent();

    /// <inheritdoc/>
    protected override void Receive(TAccumulator results)
    {
        Total.Add(results);
        pool.Return(results);
    }
}
