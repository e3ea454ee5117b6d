namespace GmmNative.Files;

/// <summary>
/// Rows that arrive one after the other and stay in memory: in pieces, so that nothing is copied as they grow and no single
/// array bounds their number.
/// </summary>
internal sealed class RowStore
{
    private const int ElementsPerSegment = 1 << 17;

    private readonly List<double[]> _segments = [];
    private readonly int _rowsPerSegment;

    /// <summary>Makes an empty store.</summary>
    /// <param name="dimension">D, at least 1.</param>
    public RowStore(int dimension)
    {
        Dimension = dimension;
        _rowsPerSegment = Math.Max(1, ElementsPerSegment / dimension);
    }

    /// <summary>D.</summary>
    public int Dimension { get; }

    /// <summary>The rows so far.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a row.</summary>
    /// <returns>Where to put its D values.</returns>
    public Span<double> AddRow()
    {
        int place = (int)(Count % _rowsPerSegment);
        if (place == 0)
        {
            _segments.Add(new double[_rowsPerSegment * Dimension]);
        }

        Count++;
        return _segments[^1].AsSpan(place * Dimension, Dimension);
    }

    /// <summary>Copies consecutive rows that exist.</summary>
    public void Read(long firstRow, Span<double> rows)
    {
        while (rows.Length > 0)
        {
            (long segment, long place) = Math.DivRem(firstRow, _rowsPerSegment);
            int count = (int)Math.Min(rows.Length / Dimension, _rowsPerSegment - place);
            int length = count * Dimension;
            _segments[(int)segment].AsSpan((int)place * Dimension, length).CopyTo(rows);
            rows = rows[length..];
            firstRow += count;
        }
    }
}
