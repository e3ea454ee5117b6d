namespace GmmNative.Scoring.Results;

/// <summary>Where a pass sends its results: blocks that are filled on any thread and received in the order of their rows.</summary>
/// <typeparam name="TBlock">The results of a group of rows.</typeparam>
/// <param name="Kinds">What to compute.</param>
/// <param name="Rows">The number of rows that there must be.</param>
/// <param name="NumbersPerRow">Numbers of a block for each row, at least 1: they bound its rows.</param>
/// <param name="Create">Makes a block; called from any thread, a few times per thread.</param>
/// <param name="Receive">Takes the blocks in order, one at a time, and leaves each empty for other rows.</param>
internal sealed record ResultStream<TBlock>(
    ResultKinds Kinds, long Rows, int NumbersPerRow, Func<TBlock> Create, Action<TBlock> Receive)
    where TBlock : class, IResultBlock;
