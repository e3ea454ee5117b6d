using System.Numerics.Tensors;
using GmmNative.Passes;

namespace GmmNative.Inference.Comparison;

/// <summary>Computes log-likelihood ratios of rows, for one thread.</summary>
/// <param name="scorer">The first mixture.</param>
/// <param name="other">The other mixture.</param>
/// <param name="chunkRows">The maximum number of rows per chunk.</param>
internal sealed class RatioWorker(MixtureScorer scorer, MixtureScorer other, int chunkRows) : IChunkWorker<RatioSums>
{
    private readonly double[] _ratios = new double[chunkRows];
    private readonly double[] _subtrahends = new double[chunkRows];

    /// <inheritdoc/>
    public void Process(in RowChunk chunk, RatioSums sums)
    {
        Span<double> ratios = _ratios.AsSpan(0, chunk.Count);
        Span<double> subtrahends = _subtrahends.AsSpan(0, chunk.Count);
        scorer.LogDensities(chunk.Rows, ratios);
        other.LogDensities(chunk.Rows, subtrahends);
        TensorPrimitives.Subtract(ratios, subtrahends, ratios);
        sums.Add(ratios);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
