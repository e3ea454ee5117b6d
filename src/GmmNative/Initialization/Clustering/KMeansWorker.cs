using GmmNative.Passes;

namespace GmmNative.Initialization.Clustering;

/// <summary>A k-means pass over all rows: computes nearest centroids and the sums of each cluster. For one thread.</summary>
internal sealed class KMeansWorker(Codebook codebook, int chunkRows) : IChunkWorker<ClusterSums>
{
    private readonly ChunkAssignment _assignment = new(codebook, chunkRows);

    public void Process(in RowChunk chunk, ClusterSums sums)
    {
        _assignment.Assign(chunk);
        sums.AddRows(chunk.Count);
        ReadOnlySpan<int> labels = _assignment.Labels;
        ReadOnlySpan<int> before = _assignment.LabelsBefore;
        ReadOnlySpan<double> rows = _assignment.Centered;
        ReadOnlySpan<double> squares = _assignment.Squares;
        for (int r = 0; r < labels.Length; r++)
        {
            sums.Changes += labels[r] != before[r] ? 1 : 0;
            sums.Add(labels[r], rows.Slice(r * codebook.Stride, codebook.Dimension), squares[r], chunk.WeightOf(r));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _assignment.Dispose();
}
