using GmmNative.Passes;

namespace GmmNative.Initialization.Missing;

/// <summary>Each row belongs to its nearest centroid. A row without observed values belongs to none.</summary>
/// <param name="centroids">K x D, scaled.</param>
/// <param name="scaling">The coordinates of the centroids.</param>
internal sealed class NearestShares(double[] centroids, RowScaling scaling) : IRowShares
{
    private readonly PartialDistances _distances = new(scaling);
    private int[] _labels = [];

    /// <inheritdoc/>
    public void Load(in RowChunk chunk)
    {
        int dimension = scaling.Scale.Length;
        if (_labels.Length < chunk.Count)
        {
            _labels = new int[chunk.Count];
        }

        for (int r = 0; r < chunk.Count; r++)
        {
            _distances.Load(chunk.Rows.Slice(r * dimension, dimension));
            _labels[r] = _distances.Observed == 0 ? -1 : _distances.Nearest(centroids, out _);
        }
    }

    /// <inheritdoc/>
    public void Shares(int component, Span<double> shares)
    {
        for (int r = 0; r < shares.Length; r++)
        {
            shares[r] = _labels[r] == component ? 1 : 0;
        }
    }
}
