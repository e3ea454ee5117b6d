using GmmNative.Passes;
using GmmNative.Scoring.Results;

namespace GmmNative.Inference.Sampling;

/// <summary>Adds drawn rows and their components to blocks, for one thread.</summary>
/// <param name="sampler">The sampler, which also draws the rows when the pass reads them.</param>
/// <param name="withLabels">Whether the components are needed.</param>
internal sealed class SamplingWorker<TBlock>(MixtureSampler sampler, bool withLabels) : IChunkWorker<TBlock>
    where TBlock : class, IResultBlock
{
    private readonly int[] _labels = withLabels ? new int[sampler.BlockRows] : [];

    /// <inheritdoc/>
    public void Process(in RowChunk chunk, TBlock sums)
    {
        Span<int> labels = withLabels ? _labels.AsSpan(0, chunk.Count) : [];
        sampler.Labels(chunk.FirstRow, labels);
        sums.Add(new RowResults { FirstRow = chunk.FirstRow, Count = chunk.Count, Rows = chunk.Rows, Labels = labels });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
