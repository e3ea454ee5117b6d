namespace GmmNative;

/// <summary>Moments of each cluster about its centroid: the statistics of an E-step whose posteriors are 0 and 1. For one thread.</summary>
internal sealed class HardStatisticsWorker(Codebook codebook, FeatureMap map, StatisticsOrigins centroids, int chunkRows) : IChunkWorker<SufficientStatistics>
{
    private readonly ChunkAssignment _assignment = new(codebook, chunkRows);
    private readonly CentredForm<double> _form = new(map, codebook.Execution, chunkRows);
    private readonly double[] _weights = new double[chunkRows];
    private readonly bool[] _present = new bool[codebook.Clusters];

    public void Process(in RowChunk chunk, SufficientStatistics sums)
    {
        _assignment.Assign(chunk);
        sums.AddRows(chunk.Count, 0);
        _present.AsSpan().Clear();
        foreach (int label in _assignment.Labels)
        {
            _present[label] = true;
        }

        for (int k = 0; k < _present.Length; k++)
        {
            if (!_present[k])
            {
                continue;
            }

            for (int r = 0; r < chunk.Count; r++)
            {
                _weights[r] = _assignment.Labels[r] == k ? 1 : 0;
            }

            _form.AddMoments(k, chunk, _weights.AsSpan(0, chunk.Count), centroids.Origin(k), sums.RequireCentred());
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _assignment.Dispose();
        _form.Dispose();
    }
}
