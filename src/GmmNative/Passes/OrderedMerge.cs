namespace GmmNative.Passes;

/// <summary>
/// Adds the sums of groups in the order of the groups. Only a few sums per thread are in memory, not one per group.
/// </summary>
/// <param name="pool">Provides sums, and receives them after they are merged.</param>
/// <param name="threads">The number of threads that process groups.</param>
internal sealed class OrderedMerge<TAccumulator>(AccumulatorPool<TAccumulator> pool, int threads) : OrderedHandOff<TAccumulator>(threads)
    where TAccumulator : class, IAccumulator<TAccumulator>
{
    /// <summary>The sums of the groups merged so far; of all groups after every thread has finished.</summary>
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
