using CommunityToolkit.HighPerformance;
using GmmNative.Passes;

namespace GmmNative.Initialization.Missing;

/// <summary>The shares are given posteriors. A row without observed values belongs to no component.</summary>
/// <param name="posteriors">T x K, or <see langword="null"/> for one component with all rows.</param>
internal sealed class GivenShares(ReadOnlyMemory2D<double>? posteriors) : IRowShares
{
    private bool[] _isEmpty = [];
    private long _firstRow;

    /// <inheritdoc/>
    public void Load(in RowChunk chunk)
    {
        _firstRow = chunk.FirstRow;
        if (_isEmpty.Length < chunk.Count)
        {
            _isEmpty = new bool[chunk.Count];
        }

        int dimension = chunk.Rows.Length / chunk.Count;
        for (int r = 0; r < chunk.Count; r++)
        {
            _isEmpty[r] = !chunk.Rows.Slice(r * dimension, dimension).ContainsAnyExcept(double.NaN);
        }
    }

    /// <inheritdoc/>
    public void Shares(int component, Span<double> shares)
    {
        for (int r = 0; r < shares.Length; r++)
        {
            double share = posteriors is { } given ? given.Span[checked((int)(_firstRow + r)), component] : 1;
            shares[r] = _isEmpty[r] ? 0 : share;
        }
    }
}
