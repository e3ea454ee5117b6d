namespace GmmNative.Data.Sources;

/// <summary>A random-access source with a policy for missing values.</summary>
/// <param name="source">The source, which this source owns and disposes.</param>
/// <param name="policy">The policy.</param>
internal sealed class RandomAccessMissingVectorSource(IRandomAccessVectorSource source, MissingValues policy) : IRandomAccessVectorSource
{
    /// <inheritdoc/>
    public int Dimension => source.Dimension;

    /// <inheritdoc/>
    public long Count => source.Count;

    /// <inheritdoc/>
    public long? RowCount => source.RowCount;

    /// <inheritdoc/>
    public IReadOnlyList<string>? ColumnNames => source.ColumnNames;

    /// <inheritdoc/>
    public ReadOnlyMemory<double> RowWeights => source.RowWeights;

    /// <inheritdoc/>
    public MissingValues MissingValues => policy;

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
