using System.Buffers;

namespace GmmNative.Data.Sources;

/// <summary>Selected columns of a random-access source.</summary>
/// <param name="source">The source, which this source owns and disposes.</param>
/// <param name="selection">The columns.</param>
internal sealed class RandomAccessSelectedVectorSource(IRandomAccessVectorSource source, ColumnSelection selection)
    : IRandomAccessVectorSource
{
    /// <inheritdoc/>
    public int Dimension => selection.Count;

    /// <inheritdoc/>
    public long Count => source.Count;

    /// <inheritdoc/>
    public long? RowCount => source.Count;

    /// <inheritdoc/>
    public IReadOnlyList<string>? ColumnNames => selection.Names;

    /// <inheritdoc/>
    public ReadOnlyMemory<double> RowWeights => source.RowWeights;

    /// <inheritdoc/>
    public MissingValues MissingValues => source.MissingValues;

    /// <inheritdoc/>
    public void Read(long firstRow, Span<double> rows)
    {
        int left = rows.Length / Dimension;
        ArgumentOutOfRangeException.ThrowIfNegative(firstRow);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstRow, Count - left);
        int width = selection.SourceWidth;
        int atOnce = Math.Min(left, selection.MaximumRowsAtOnce);
        double[] all = ArrayPool<double>.Shared.Rent(atOnce * width);
        while (left > 0)
        {
            int count = Math.Min(left, atOnce);
            if (!source.TryGetRows(firstRow, count, out ReadOnlySpan<double> whole))
            {
                source.Read(firstRow, all.AsSpan(0, count * width));
                whole = all.AsSpan(0, count * width);
            }

            selection.Copy(whole, rows);
            rows = rows[(count * Dimension)..];
            firstRow += count;
            left -= count;
        }

        ArrayPool<double>.Shared.Return(all);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Utterance> Utterances => source.Utterances;

    /// <inheritdoc/>
    public string DescribeRow(long row) => source.DescribeRow(row);

    /// <inheritdoc/>
    public string DescribeColumn(int column) => source.DescribeColumn(selection[column]);

    /// <inheritdoc/>
    public void Dispose() => source.Dispose();
}
