using GmmNative.Execution;
using GmmNative.Passes;
using GmmNative.Scoring.Results;

namespace GmmNative.Inference.Sampling;

/// <summary>Draws rows on several threads and passes them on in their order.</summary>
internal static class SamplingPass
{
    /// <summary>Draws the first rows of the sequence of a sampler, in constant memory.</summary>
    /// <param name="sampler">The sampler.</param>
    /// <param name="results">
    /// The receiver, and the number of rows. The kinds are <see cref="ResultKinds.Rows"/> and <see cref="ResultKinds.Label"/>.
    /// </param>
    /// <param name="execution">The threads.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    /// <exception cref="Exception">The exception of the receiver.</exception>
    public static void Stream<TBlock>(
        MixtureSampler sampler, ResultStream<TBlock> results, ExecutionPlan execution, CancellationToken cancellationToken)
        where TBlock : class, IResultBlock
    {
        IRandomAccessVectorSource rows = sampler.CreateSource(results.Rows);
        ChunkGeometry geometry = new(sampler.BlockRows, 1);
        OrderedBlocks<TBlock> blocks = new(ChunkedPass.ThreadsFor(rows, geometry, execution), results.Create, results.Receive);
        ChunkedPass.Run(
            rows, geometry, null, blocks, () => new SamplingWorker<TBlock>(sampler, results.Request.Has(ResultKinds.Label)), null,
            cancellationToken);
    }
}
