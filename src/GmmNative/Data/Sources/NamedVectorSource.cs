namespace GmmNative.Data.Sources;

/// <summary>A random-access source whose columns have names.</summary>
/// <param name="source">The source, which this source owns and disposes.</param>
/// <param name="names">D names.</param>
internal sealed class NamedVectorSource(IRandomAccessVectorSource source, IReadOnlyList<string> names) : IRandomAccessVectorSource
{
    /// <inheritdoc/>
    public int Dimension => source.Dimension;

    /// <inheritdoc/>
    public long Count => source.Count;

    /// <inheritdoc/>
    public long? RowCount => source.Count;

    /// <inheritdoc/>
    public IReadOnlyList<string>? ColumnNames => names;

    /// <inheritdoc/>
    public ReadOnlyMemory<double> RowWeights => source.RowWeights;

    /// <inheritdoc/>
    public void Read(long firstRow, Span<double> rows) => source.Read(firstRow, rows);

    /// <inheritdoc/>
    public bool TryGetRows(long firstRow, int count, out ReadOnlySpan<double> rows) => source.TryGetRows(firstRow, count, out rows);

    /// <inheritdoc/>
    public string DescribeRow(long row) => source.DescribeRow(row);

    /// <inheritdoc/>
    public void Dispose() => source.Dispose();
}
