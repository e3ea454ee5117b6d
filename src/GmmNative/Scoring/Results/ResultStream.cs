namespace GmmNative.Scoring.Results;

/// <summary>The receiver of the results of a pass: blocks that are filled on any thread and received in the order of their rows.</summary>
/// <typeparam name="TBlock">The results of a group of rows.</typeparam>
/// <param name="Request">The results to compute.</param>
/// <param name="Rows">The expected number of rows.</param>
/// <param name="NumbersPerRow">The numbers of a block per row, at least 1. They limit the number of rows per block.</param>
/// <param name="Create">Creates a block. Called from any thread, a few times per thread.</param>
/// <param name="Receive">Receives the blocks in order, one at a time, and empties each block so that it can be used again.</param>
internal sealed record ResultStream<TBlock>(
    ResultRequest Request, long Rows, int NumbersPerRow, Func<TBlock> Create, Action<TBlock> Receive)
    where TBlock : class, IResultBlock;
