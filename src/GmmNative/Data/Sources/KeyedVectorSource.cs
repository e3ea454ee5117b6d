namespace GmmNative.Data.Sources;

/// <summary>A random-access source with utterances.</summary>
/// <param name="source">The rows, which this source owns and disposes.</param>
/// <param name="utterances">The utterances, which together are all rows.</param>
internal sealed class KeyedVectorSource(IRandomAccessVectorSource source, IReadOnlyList<Utterance> utterances) : IRandomAccessVectorSource
{
    /// <inheritdoc/>
    public int Dimension => source.Dimension;

    /// <inheritdoc/>
    public long Count => source.Count;

    /// <inheritdoc/>
    public long? RowCount => source.Count;

    /// <inheritdoc/>
    public IReadOnlyList<string>? ColumnNames => source.ColumnNames;

    /// <inheritdoc/>
    public ReadOnlyMemory<double> RowWeights => source.RowWeights;

    /// <inheritdoc/>
    public IReadOnlyList<Utterance> Utterances => utterances;

    /// <inheritdoc/>
    public void Read(long firstRow, Span<double> rows) => source.Read(firstRow, rows);

    /// <inheritdoc/>
    public bool TryGetRows(long firstRow, int count, out ReadOnlySpan<double> rows) => source.TryGetRows(firstRow, count, out rows);

    /// <inheritdoc/>
    public string DescribeRow(long row) => source.DescribeRow(row);

    /// <inheritdoc/>
    public string DescribeColumn(int column) => source.DescribeColumn(column);

    /// <inheritdoc/>
    public void Dispose() => source.Dispose();
}
