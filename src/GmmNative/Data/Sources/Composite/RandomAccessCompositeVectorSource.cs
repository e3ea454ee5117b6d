namespace GmmNative.Data.Sources.Composite;

/// <summary>Several random-access sources concatenated to one.</summary>
internal sealed class RandomAccessCompositeVectorSource : IRandomAccessVectorSource
{
    private readonly IRandomAccessVectorSource[] _parts;

    // The first row of each part, and T at the end.
    private readonly long[] _starts;

    /// <summary>Concatenates sources of the same dimension.</summary>
    public RandomAccessCompositeVectorSource(IRandomAccessVectorSource[] parts)
    {
        _parts = parts;
        RowWeights = CompositeWeights.Of(parts);
        Utterances = CompositeUtterances.Of(parts);
        _starts = new long[parts.Length + 1];
        for (int i = 0; i < parts.Length; i++)
        {
            _starts[i + 1] = checked(_starts[i] + parts[i].Count);
        }
    }

    /// <inheritdoc/>
    public int Dimension => _parts[0].Dimension;

    /// <inheritdoc/>
    public long Count => _starts[^1];

    /// <inheritdoc/>
    public long? RowCount => Count;

    /// <inheritdoc/>
    public IReadOnlyList<string>? ColumnNames => _parts[0].ColumnNames;

    /// <inheritdoc/>
    public ReadOnlyMemory<double> RowWeights { get; }

    /// <inheritdoc/>
    public MissingValues MissingValues => _parts[0].MissingValues;

    /// <inheritdoc/>
    public IReadOnlyList<Utterance> Utterances { get; }

    /// <inheritdoc/>
    public void Read(long firstRow, Span<double> rows)
    {
        int left = rows.Length / Dimension;
        ArgumentOutOfRangeException.ThrowIfNegative(firstRow);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstRow, Count - left);
        for (int part = left == 0 ? 0 : PartOf(firstRow); left > 0; part++)
        {
            int count = (int)Math.Min(left, _starts[part + 1] - firstRow);
            _parts[part].Read(firstRow - _starts[part], rows[..(count * Dimension)]);
            rows = rows[(count * Dimension)..];
            firstRow += count;
            left -= count;
        }
    }

    /// <inheritdoc/>
    public string DescribeRow(long row)
    {
        if (row < 0 || row >= Count)
        {
            return $"row {row + 1}";
        }

        int part = PartOf(row);
        return _parts[part].DescribeRow(row - _starts[part]);
    }

    /// <inheritdoc/>
    public string DescribeColumn(int column) => _parts[0].DescribeColumn(column);

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(_parts, part => part.Dispose());

    // Returns the last part that starts at or before the row. A part without rows starts at the same row as the part after it.
    private int PartOf(long row)
    {
        int low = 0;
        int high = _parts.Length - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (_starts[middle] <= row)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return low;
    }
}
