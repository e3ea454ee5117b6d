namespace GmmNative.Data.Sources;

/// <summary>Some rows of a random-access source, in their order. It does not own the source.</summary>
/// <param name="source">The source.</param>
/// <param name="rows">The numbers of the rows, from 0, ascending.</param>
internal sealed class RandomAccessSubsetVectorSource(IRandomAccessVectorSource source, int[] rows) : IRandomAccessVectorSource
{
    /// <inheritdoc/>
    public int Dimension => source.Dimension;

    /// <inheritdoc/>
    public long Count => rows.Length;

    /// <inheritdoc/>
    public long? RowCount => rows.Length;

    /// <inheritdoc/>
    public IReadOnlyList<string>? ColumnNames => source.ColumnNames;

    /// <inheritdoc/>
    public MissingValues MissingValues => source.MissingValues;

    /// <inheritdoc/>
    public void Read(long firstRow, Span<double> values)
    {
        int count = values.Length / Dimension;
        ArgumentOutOfRangeException.ThrowIfNegative(firstRow);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstRow, Count - count);
        int first = (int)firstRow;
        while (count > 0)
        {
            // Neighboring rows are read at once.
            int run = 1;
            while (run < count && rows[first + run] == rows[first] + run)
            {
                run++;
            }

            source.Read(rows[first], values[..(run * Dimension)]);
            values = values[(run * Dimension)..];
            first += run;
            count -= run;
        }
    }

    /// <inheritdoc/>
    public bool TryGetRows(long firstRow, int count, out ReadOnlySpan<double> values)
    {
        int first = (int)firstRow;
        if (count > 0 && rows[first + count - 1] - rows[first] == count - 1)
        {
            return source.TryGetRows(rows[first], count, out values);
        }

        values = default;
        return false;
    }

    /// <inheritdoc/>
    public string DescribeRow(long row) => source.DescribeRow(row < rows.Length ? rows[row] : row);

    /// <inheritdoc/>
    public string DescribeColumn(int column) => source.DescribeColumn(column);
}
