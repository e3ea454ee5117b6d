using System.Numerics.Tensors;

namespace GmmNative;

/// <summary>A k-means pass: nearest centroids, and the sums of each cluster. For one thread.</summary>
internal sealed class KMeansWorker(Codebook codebook, int chunkRows) : IChunkWorker<KMeansSums>
{
    private readonly ChunkAssignment _assignment = new(codebook, chunkRows);

    public void Process(in RowChunk chunk, KMeansSums sums)
    {
        int dimension = codebook.Shift.Length;
        _assignment.Assign(chunk);
        for (int r = 0; r < chunk.Count; r++)
        {
            int label = _assignment.Labels[r];
            ReadOnlySpan<double> row = _assignment.Rows.Slice(r * dimension, dimension);
            Span<double> sum = sums.Sums.AsSpan(label * dimension, dimension);
            TensorPrimitives.Add(sum, row, sum);
            sums.Counts[label]++;

            // From the difference, not from the expanded square: the latter can come out negative.
            double distance = TensorPrimitives.Distance(row, codebook.Centroid(label));
            sums.Distances[label] += distance * distance;
        }
    }
}
