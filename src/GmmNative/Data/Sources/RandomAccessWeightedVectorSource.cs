namespace GmmNative.Data.Sources;

/// <summary>A random-access source with weights of its rows.</summary>
/// <param name="source">The source, which this source owns and disposes.</param>
/// <param name="weights">One weight per row.</param>
internal sealed class RandomAccessWeightedVectorSource(IRandomAccessVectorSource source, ReadOnlyMemory<double> weights)
    : IRandomAccessVectorSource
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
    public ReadOnlyMemory<double> RowWeights => weights;

    /// <inheritdoc/>
    public MissingValues MissingValues => source.MissingValues;

    /// <inheritdoc/>
    public void Read(long firstRow, Span<double> rows) => source.Read(firstRow, rows);

    /// <inheritdoc/>
    public bool TryGetRows(long firstRow, int count, out ReadOnlySpan<double> rows) => source.TryGetRows(firstRow, count, out rows);

    /// <inheritdoc/>
    public IReadOnlyList<Utterance> Utterances => source.Utterances;

    /// <inheritdoc/>
    public string DescribeRow(long row) => source.DescribeRow(row);

    /// <inheritdoc/>
    public string DescribeColumn(int column) => source.DescribeColumn(column);

    /// <inheritdoc/>
    public void Dispose() => source.Dispose();
}
