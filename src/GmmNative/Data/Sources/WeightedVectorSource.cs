namespace GmmNative.Data.Sources;

/// <summary>A sequential source with weights of its rows.</summary>
/// <param name="source">The source, which this source owns and disposes.</param>
/// <param name="weights">One weight per row.</param>
internal sealed class WeightedVectorSource(IVectorSource source, ReadOnlyMemory<double> weights) : IVectorSource
{
    /// <inheritdoc/>
    public int Dimension => source.Dimension;

    /// <inheritdoc/>
    public long? RowCount => weights.Length;

    /// <inheritdoc/>
    public IReadOnlyList<string>? ColumnNames => source.ColumnNames;

    /// <inheritdoc/>
    public ReadOnlyMemory<double> RowWeights => weights;

    /// <inheritdoc/>
    public MissingValues MissingValues => source.MissingValues;

    /// <inheritdoc/>
    public IVectorReader OpenReader() => new Reader(source.OpenReader(), source.Dimension, weights.Length);

    /// <inheritdoc/>
    public IReadOnlyList<Utterance> Utterances => source.Utterances;

    /// <inheritdoc/>
    public string DescribeRow(long row) => source.DescribeRow(row);

    /// <inheritdoc/>
    public string DescribeColumn(int column) => source.DescribeColumn(column);

    /// <inheritdoc/>
    public void Dispose() => source.Dispose();

    /// <summary>Checks the number of rows, which the source may know only at its end.</summary>
    private sealed class Reader(IVectorReader reader, int dimension, int expected) : IVectorReader
    {
        private long _rows;

        public int Read(Span<double> rows)
        {
            int count = reader.Read(rows);
            _rows += count;
            if (_rows > expected)
            {
                throw RowWeightCheck.OtherCount(expected, $"at least {_rows}");
            }

            return count > 0 || _rows == expected || rows.Length < dimension ? count
                : throw RowWeightCheck.OtherCount(expected, $"{_rows}");
        }

        public void Dispose() => reader.Dispose();
    }
}
