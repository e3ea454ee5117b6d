namespace GmmNative.Data.Sources.Composite;

/// <summary>Several sources concatenated to one sequential data set.</summary>
/// <param name="parts">The sources, all of the same dimension.</param>
internal sealed class CompositeVectorSource(IVectorSource[] parts) : IVectorSource
{
    /// <inheritdoc/>
    public int Dimension => parts[0].Dimension;

    /// <inheritdoc/>
    public long? RowCount
    {
        get
        {
            long sum = 0;
            foreach (IVectorSource part in parts)
            {
                if (part.RowCount is not long count)
                {
                    return null;
                }

                sum += count;
            }

            return sum;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string>? ColumnNames => parts[0].ColumnNames;

    /// <inheritdoc/>
    public ReadOnlyMemory<double> RowWeights { get; } = CompositeWeights.Of(parts);

    /// <inheritdoc/>
    public MissingValues MissingValues => parts[0].MissingValues;

    /// <inheritdoc/>
    public IReadOnlyList<Utterance> Utterances { get; } = CompositeUtterances.Of(parts);

    /// <inheritdoc/>
    public IVectorReader OpenReader() => new Reader(parts);

    /// <inheritdoc/>
    public string DescribeRow(long row)
    {
        long local = row;
        foreach (IVectorSource part in parts)
        {
            // Rows after a part of unknown length cannot be located, unless that part is the last.
            if (part.RowCount is not long count)
            {
                return part == parts[^1] ? part.DescribeRow(local) : $"row {row + 1}";
            }

            if (local < count)
            {
                return part.DescribeRow(local);
            }

            local -= count;
        }

        return $"row {row + 1}";
    }

    /// <inheritdoc/>
    public string DescribeColumn(int column) => parts[0].DescribeColumn(column);

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(parts, part => part.Dispose());

    private sealed class Reader(IVectorSource[] parts) : IVectorReader
    {
        private int _next;
        private IVectorReader? _current;

        public int Read(Span<double> rows)
        {
            while (true)
            {
                if (_current is null)
                {
                    if (_next == parts.Length)
                    {
                        return 0;
                    }

                    _current = parts[_next++].OpenReader();
                }

                int count = _current.Read(rows);
                if (count > 0)
                {
                    return count;
                }

                _current.Dispose();
                _current = null;
            }
        }

        public void Dispose()
        {
            _current?.Dispose();
            _current = null;
        }
    }
}
