using System.Buffers;
using System.Runtime.ExceptionServices;
using GmmNative.Execution;

namespace GmmNative.Passes;

/// <summary>One pass over all rows on several threads, with sums that are the same to the bit for any number of threads.</summary>
internal static class ChunkedPass
{
    /// <summary>Runs a pass whose sums are made for it alone.</summary>
    /// <inheritdoc cref="Run{TAccumulator}(IVectorSource, ChunkGeometry, ExecutionPlan, AccumulatorPool{TAccumulator},
    /// Func{IChunkWorker{TAccumulator}}, Action{int}?, CancellationToken)"/>
    public static TAccumulator Run<TAccumulator>(
        IVectorSource source,
        ChunkGeometry geometry,
        ExecutionPlan execution,
        Func<TAccumulator> createSums,
        Func<IChunkWorker<TAccumulator>> createWorker,
        Action<int>? progress,
        CancellationToken cancellationToken)
        where TAccumulator : class, IAccumulator<TAccumulator> =>
        Run(source, geometry, execution, new AccumulatorPool<TAccumulator>(createSums), createWorker, progress, cancellationToken);

    /// <summary>Runs a pass over the rows of a training, with their weights.</summary>
    /// <inheritdoc cref="Run{TAccumulator}(IVectorSource, ChunkGeometry, ExecutionPlan, AccumulatorPool{TAccumulator},
    /// Func{IChunkWorker{TAccumulator}}, Action{int}?, CancellationToken)"/>
    public static TAccumulator Run<TAccumulator>(
        TrainingData data,
        ChunkGeometry geometry,
        ExecutionPlan execution,
        AccumulatorPool<TAccumulator> pool,
        Func<IChunkWorker<TAccumulator>> createWorker,
        Action<int>? progress,
        CancellationToken cancellationToken)
        where TAccumulator : class, IAccumulator<TAccumulator> =>
        Run(data.Rows, data.Weights, geometry, execution, pool, createWorker, progress, cancellationToken);

    /// <summary>Runs the pass on the calling thread and others.</summary>
    /// <typeparam name="TAccumulator">The sums.</typeparam>
    /// <param name="source">The rows.</param>
    /// <param name="geometry">How they are cut up.</param>
    /// <param name="execution">Threads and batch size.</param>
    /// <param name="pool">Gives cleared sums; the caller may return those of the result when it is done with them.</param>
    /// <param name="createWorker">Makes a thread's worker.</param>
    /// <param name="progress">Receives the number of rows of each chunk done, from any thread.</param>
    /// <param name="cancellationToken">Looked at before each chunk.</param>
    /// <returns>The sums over all rows.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static TAccumulator Run<TAccumulator>(
        IVectorSource source,
        ChunkGeometry geometry,
        ExecutionPlan execution,
        AccumulatorPool<TAccumulator> pool,
        Func<IChunkWorker<TAccumulator>> createWorker,
        Action<int>? progress,
        CancellationToken cancellationToken)
        where TAccumulator : class, IAccumulator<TAccumulator> =>
        Run(source, default, geometry, execution, pool, createWorker, progress, cancellationToken);

    private static TAccumulator Run<TAccumulator>(
        IVectorSource source,
        ReadOnlyMemory<double> weights,
        ChunkGeometry geometry,
        ExecutionPlan execution,
        AccumulatorPool<TAccumulator> pool,
        Func<IChunkWorker<TAccumulator>> createWorker,
        Action<int>? progress,
        CancellationToken cancellationToken)
        where TAccumulator : class, IAccumulator<TAccumulator>
    {
        OrderedMerge<TAccumulator> merge = new(pool, ThreadsFor(source, geometry, execution));
        Run(source, geometry, execution.BatchSize, merge, createWorker, progress, cancellationToken, weights);
        return merge.Total;
    }

    /// <summary>The number of threads that find work in a pass.</summary>
    public static int ThreadsFor(IVectorSource source, ChunkGeometry geometry, ExecutionPlan execution) =>
        source is IRandomAccessVectorSource randomAccess
        ? (int)Math.Clamp((randomAccess.Count + geometry.GroupRows - 1) / geometry.GroupRows, 1, execution.Threads)
        : execution.Threads;

    /// <summary>Runs a pass whose groups are handed on in their order.</summary>
    /// <typeparam name="TGroup">What a thread makes of a group.</typeparam>
    /// <param name="source">The rows.</param>
    /// <param name="geometry">How they are cut up.</param>
    /// <param name="batchSize">Maximum number of rows to ask of the source at a time.</param>
    /// <param name="handOff">Takes the groups; as many threads run as it was made for.</param>
    /// <param name="createWorker">Makes a thread's worker.</param>
    /// <param name="progress">Receives the number of rows of each chunk done, from any thread.</param>
    /// <param name="cancellationToken">Looked at before each chunk.</param>
    /// <param name="weights">The weights of the rows; empty where all are one.</param>
    /// <returns>The number of rows.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static long Run<TGroup>(
        IVectorSource source,
        ChunkGeometry geometry,
        int? batchSize,
        OrderedHandOff<TGroup> handOff,
        Func<IChunkWorker<TGroup>> createWorker,
        Action<int>? progress,
        CancellationToken cancellationToken,
        ReadOnlyMemory<double> weights = default)
        where TGroup : class
    {
        using RowFeed feed = RowFeed.Open(source, geometry, batchSize, weights);
        long rows = 0;
        ExceptionDispatchInfo? failure = null;

        void Work()
        {
            double[] buffer = ArrayPool<double>.Shared.Rent(feed.BufferLength);
            try
            {
                using IChunkWorker<TGroup> worker = createWorker();
                while (Volatile.Read(ref failure) is null && feed.TryTake(buffer, out RowGroup group)
                    && handOff.Rent(group.Index) is { } results)
                {
                    for (int offset = 0; offset < group.Count; offset += geometry.ChunkRows)
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        int count = Math.Min(geometry.ChunkRows, group.Count - offset);
                        RowChunk chunk = new(
                            feed.GetChunk(buffer, group, offset, count), count, group.FirstRow + offset,
                            feed.GetWeights(group, offset, count));
                        worker.Process(chunk, results);
                        progress?.Invoke(count);
                    }

                    Interlocked.Add(ref rows, group.Count);
                    handOff.Complete(group.Index, results);
                }
            }
            catch (Exception exception)
            {
                // Whichever thread fails first speaks for the pass; the others are let go.
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(exception), null);
                handOff.Abandon();
            }
            finally
            {
                ArrayPool<double>.Shared.Return(buffer);
            }
        }

        WorkerTeam.Run(handOff.Threads, Work);
        failure?.Throw();
        return rows;
    }
}
