using System.Collections.Concurrent;

namespace GmmNative.Passes;

/// <summary>Hands the results of groups on to one receiver, in the order of the groups.</summary>
/// <typeparam name="TBlock">The results of a group.</typeparam>
/// <param name="threads">Threads that will work.</param>
/// <param name="create">Makes a block; called from any thread, a few times per thread.</param>
/// <param name="receive">Takes the blocks in order, one at a time, and leaves each empty for another group.</param>
internal sealed class OrderedBlocks<TBlock>(int threads, Func<TBlock> create, Action<TBlock> receive) : OrderedHandOff<TBlock>(threads)
    where TBlock : class
{
    private readonly ConcurrentBag<TBlock> _free = [];

    /// <inheritdoc/>
    protected override TBlock Make() => _free.TryTake(out TBlock? block) ? block : create();

    /// <inheritdoc/>
    protected override void Receive(TBlock results)
    {
        receive(results);
        _free.Add(results);
    }
}
