using System.Numerics.Tensors;

namespace GmmNative;

/// <summary>A k-means pass: nearest centroids, and the sums of each cluster. For one thread.</summary>
internal sealed class KMeansWorker(Codebook codebook, int chunkRows) : IChunkWorker<KMeansSums>
{
    private readonly ChunkAssignment _assignment = new(codebook, chunkRows);
    private readonly double[] _row = new double[codebook.Shift.Length];

    public void Process(in RowChunk chunk, KMeansSums sums)
    {
        int dimension = codebook.Shift.Length;
        _assignment.Assign(chunk);
        for (int r = 0; r < chunk.Count; r++)
        {
            int label = _assignment.Labels[r];
            TensorPrimitives.Subtract(chunk.Rows.Slice(r * dimension, dimension), codebook.Shift, _row);
            Span<double> sum = sums.Sums.AsSpan(label * dimension, dimension);
            TensorPrimitives.Add(sum, _row, sum);
            sums.Counts[label]++;

            // From the difference, not from the expanded square: the latter can come out negative.
            double distance = TensorPrimitives.Distance(_row, codebook.Centroid(label));
            sums.Distances[label] += distance * distance;
        }
    }
}
