using System.Numerics.Tensors;
using GmmNative.Passes;

namespace GmmNative.Initialization.Clustering;

/// <summary>
/// An incremental k-means pass. It reads only the rows whose nearest centroid may have changed since the previous pass, and computes the
/// change of the sums of each cluster. For one thread.
/// </summary>
internal sealed class KMeansChangesWorker(Codebook codebook, int chunkRows) : IChunkWorker<ClusterSums>
{
    private readonly ChunkAssignment _assignment = new(codebook, chunkRows);

    public void Process(in RowChunk chunk, ClusterSums sums)
    {
        _assignment.AssignDoubtful(chunk);
        sums.AddRows(chunk.Count);
        ReadOnlySpan<int> labels = _assignment.Labels;
        ReadOnlySpan<int> before = _assignment.LabelsBefore;
        ReadOnlySpan<double> rows = _assignment.Centered;
        for (int r = 0; r < labels.Length; r++)
        {
            if (labels[r] != before[r])
            {
                sums.Changes++;
                ReadOnlySpan<double> row = rows.Slice(r * codebook.Stride, codebook.Dimension);
                double square = TensorPrimitives.SumOfSquares(row);
                double weight = chunk.WeightOf(_assignment.Which[r]);
                sums.Remove(before[r], row, square, weight);
                sums.Add(labels[r], row, square, weight);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _assignment.Dispose();
}
