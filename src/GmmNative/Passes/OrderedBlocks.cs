using System.Collections.Concurrent;

namespace GmmNative.Passes;

/// <summary>Passes the results of groups to one receiver, in the order of the groups.</summary>
/// <typeparam name="TBlock">The results of a group.</typeparam>
/// <param name="threads">The number of threads that process groups.</param>
/// <param name="create">Creates a block. Called from any thread, a few times per thread.</param>
/// <param name="receive">Receives the blocks in order, one at a time, and empties each block so that it can be used again.</param>
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
