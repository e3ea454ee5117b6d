using System.Buffers;

namespace GmmNative.Data.Sources;

/// <summary>Selected columns of a sequential source.</summary>
/// <param name="source">The source, which this source owns and disposes.</param>
/// <param name="selection">The columns.</param>
internal sealed class SelectedVectorSource(IVectorSource source, ColumnSelection selection) : IVectorSource
{
    /// <inheritdoc/>
    public int Dimension => selection.Count;

    /// <inheritdoc/>
    public long? RowCount => source.RowCount;

    /// <inheritdoc/>
    public IReadOnlyList<string>? ColumnNames => selection.Names;

    /// <inheritdoc/>
    public ReadOnlyMemory<double> RowWeights => source.RowWeights;

    /// <inheritdoc/>
    public MissingValues MissingValues => source.MissingValues;

    /// <inheritdoc/>
    public IVectorReader OpenReader() => new Reader(source.OpenReader(), selection);

    /// <inheritdoc/>
    public IReadOnlyList<Utterance> Utterances => source.Utterances;

    /// <inheritdoc/>
    public string DescribeRow(long row) => source.DescribeRow(row);

    /// <inheritdoc/>
    public string DescribeColumn(int column) => source.DescribeColumn(selection[column]);

    /// <inheritdoc/>
    public void Dispose() => source.Dispose();

    private sealed class Reader(IVectorReader reader, ColumnSelection selection) : IVectorReader
    {
        public int Read(Span<double> rows)
        {
            int wanted = Math.Min(rows.Length / selection.Count, selection.MaximumRowsAtOnce);
            double[] all = ArrayPool<double>.Shared.Rent(wanted * selection.SourceWidth);
            int count = reader.Read(all.AsSpan(0, wanted * selection.SourceWidth));
            selection.Copy(all.AsSpan(0, count * selection.SourceWidth), rows);
            ArrayPool<double>.Shared.Return(all);
            return count;
        }

        public void Dispose() => reader.Dispose();
    }
}
