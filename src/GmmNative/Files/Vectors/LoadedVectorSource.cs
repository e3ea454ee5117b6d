namespace GmmNative.Files;

/// <summary>A file or stream that was read into memory.</summary>
/// <param name="rows">The rows; they no longer change.</param>
/// <param name="name">The file's name for people.</param>
/// <param name="lines">The lines the rows come from; <see langword="null"/> where there are no lines.</param>
internal sealed class LoadedVectorSource(RowStore rows, string name, LineMap? lines = null) : IRandomAccessVectorSource
{
    /// <inheritdoc/>
    public int Dimension => rows.Dimension;

    /// <inheritdoc/>
    public long Count => rows.Count;

    /// <inheritdoc/>
    public long? RowCount => rows.Count;

    /// <inheritdoc/>
    public void Read(long firstRow, Span<double> values)
    {
        int count = RowRange.Check(this, firstRow, values);
        rows.Read(firstRow, values[..(count * Dimension)]);
    }

    /// <inheritdoc/>
    public string DescribeRow(long row) => lines is null ? $"{name}, row {row + 1}" : $"{name}, line {lines.LineOf(row)}";
}
