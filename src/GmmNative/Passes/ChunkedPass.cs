using System.Buffers;
using System.Runtime.ExceptionServices;
using GmmNative.Execution;

namespace GmmNative.Passes;

/// <summary>A pass over all rows on several threads. The bits of its sums do not depend on the number of threads.</summary>
internal static class ChunkedPass
{
    /// <summary>Runs a pass with newly allocated sums.</summary>
    /// <inheritdoc cref="Run{TAccumulator}(IVectorSource, ChunkGeometry, ExecutionPlan, AccumulatorPool{TAccumulator},
    /// Func{IChunkWorker{TAccumulator}}, Action{int}?, CancellationToken, ReadOnlyMemory{double})"/>
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

    /// <summary>Runs the pass on the calling thread and others.</summary>
    /// <typeparam name="TAccumulator">The sums.</typeparam>
    /// <param name="source">The rows.</param>
    /// <param name="geometry">The division of the rows.</param>
    /// <param name="execution">The threads and the batch size.</param>
    /// <param name="pool">Provides cleared sums. The caller may return the result to it.</param>
    /// <param name="createWorker">Creates the worker of a thread.</param>
    /// <param name="progress">Receives the number of rows of each completed chunk, from any thread.</param>
    /// <param name="cancellationToken">Checked before each chunk.</param>
    /// <param name="weights">The weights of the rows; empty if all weights are 1.</param>
    /// <returns>The sums over all rows.</returns>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static TAccumulator Run<TAccumulator>(
        IVectorSource source,
        ChunkGeometry geometry,
        ExecutionPlan execution,
        AccumulatorPool<TAccumulator> pool,
        Func<IChunkWorker<TAccumulator>> createWorker,
        Action<int>? progress,
        CancellationToken cancellationToken,
        ReadOnlyMemory<double> weights = default)
        where TAccumulator : class, IAccumulator<TAccumulator>
    {
        OrderedMerge<TAccumulator> merge = new(pool, ThreadsFor(source, geometry, execution));
        Run(source, geometry, execution.BatchSize, merge, createWorker, progress, cancellationToken, weights);
        return merge.Total;
    }

    /// <summary>Returns the number of threads that a pass can use.</summary>
    public static int ThreadsFor(IVectorSource source, ChunkGeometry geometry, ExecutionPlan execution) =>
        source is IRandomAccessVectorSource randomAccess
        ? (int)Math.Clamp((randomAccess.Count + geometry.GroupRows - 1) / geometry.GroupRows, 1, execution.Threads)
        : execution.Threads;

    /// <summary>Runs a pass whose groups are passed on in order.</summary>
    /// <typeparam name="TGroup">The results of a group.</typeparam>
    /// <param name="source">The rows.</param>
    /// <param name="geometry">The division of the rows.</param>
    /// <param name="batchSize">The maximum number of rows to read from the source at a time.</param>
    /// <param name="handOff">Receives the groups. It specifies the number of threads.</param>
    /// <param name="createWorker">Creates the worker of a thread.</param>
    /// <param name="progress">Receives the number of rows of each completed chunk, from any thread.</param>
    /// <param name="cancellationToken">Checked before each chunk.</param>
    /// <param name="weights">The weights of the rows; empty if all weights are 1.</param>
    /// <returns>The number of rows.</returns>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
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
                // The first failure of any thread is the failure of the pass. The other threads are released.
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
