namespace GmmNative.Data.Sources;

/// <summary>Some rows of a sequential source, in their order. It does not own the source.</summary>
/// <param name="source">The source.</param>
/// <param name="rows">The numbers of the rows, from 0, ascending.</param>
internal sealed class SubsetVectorSource(IVectorSource source, int[] rows) : IVectorSource
{
    /// <inheritdoc/>
    public int Dimension => source.Dimension;

    /// <inheritdoc/>
    public long? RowCount => rows.Length;

    /// <inheritdoc/>
    public IReadOnlyList<string>? ColumnNames => source.ColumnNames;

    /// <inheritdoc/>
    public MissingValues MissingValues => source.MissingValues;

    /// <inheritdoc/>
    public IVectorReader OpenReader() => new Reader(source.OpenReader(), source.Dimension, rows);

    /// <inheritdoc/>
    public string DescribeRow(long row) => source.DescribeRow(row < rows.Length ? rows[row] : row);

    /// <inheritdoc/>
    public string DescribeColumn(int column) => source.DescribeColumn(column);

    private sealed class Reader(IVectorReader reader, int dimension, int[] rows) : IVectorReader
    {
        private long _first;
        private int _next;

        public int Read(Span<double> values)
        {
            int count = 0;
            while (count == 0)
            {
                int read = reader.Read(values);
                if (read == 0)
                {
                    return 0;
                }

                // The rows of the subset move to the front. Each one moves over rows that precede it.
                for (; _next < rows.Length && rows[_next] < _first + read; _next++)
                {
                    int from = (int)(rows[_next] - _first) * dimension;
                    values.Slice(from, dimension).CopyTo(values[(count++ * dimension)..]);
                }

                _first += read;
            }

            return count;
        }

        public void Dispose() => reader.Dispose();
    }
}
