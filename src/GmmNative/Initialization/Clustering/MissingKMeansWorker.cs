using GmmNative.Initialization.Missing;
using GmmNative.Passes;

namespace GmmNative.Initialization.Clustering;

/// <summary>
/// A k-means pass over rows with missing values: distances and sums of the observed coordinates. For one thread. Bounds that the triangle
/// inequality gives do not hold for these distances.
/// </summary>
/// <param name="centroids">K x D, scaled.</param>
/// <param name="scaling">The coordinates of the centroids.</param>
internal sealed class MissingKMeansWorker(double[] centroids, RowScaling scaling) : IChunkWorker<ClusterSums>
{
    private readonly PartialDistances _distances = new(scaling);

    /// <inheritdoc/>
    public void Process(in RowChunk chunk, ClusterSums sums)
    {
        int dimension = scaling.Scale.Length;
        sums.AddRows(chunk.Count);

        // Labels are not remembered: only an unchanged distance ends k-means before its tolerance.
        sums.Changes += chunk.Count;
        for (int r = 0; r < chunk.Count; r++)
        {
            _distances.Load(chunk.Rows.Slice(r * dimension, dimension));
            if (_distances.Observed > 0)
            {
                int cluster = _distances.Nearest(centroids, out double square);
                sums.AddObserved(cluster, _distances, square, chunk.WeightOf(r));
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
