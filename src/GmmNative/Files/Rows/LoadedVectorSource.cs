using GmmNative.Data;
using GmmNative.Files.Options;

namespace GmmNative.Files.Rows;

/// <summary>A vector source for a file or stream that was read into memory.</summary>
/// <param name="rows">The rows, which must not change any more.</param>
/// <param name="name">The name of the file in messages.</param>
/// <param name="lines">The lines of the rows; <see langword="null"/> if the file has no lines.</param>
/// <param name="names">The names of the columns of the file, or null.</param>
/// <param name="kept">The columns of the file that were read; <see langword="null"/> for all columns in their original order.</param>
internal sealed class LoadedVectorSource(
    RowStore rows, string name, LineMap? lines = null, IReadOnlyList<string>? names = null, int[]? kept = null) : IRandomAccessVectorSource
{
    private RowStore? _rows = rows;

    /// <inheritdoc/>
    public int Dimension { get; } = rows.Dimension;

    /// <inheritdoc/>
    public long Count { get; } = rows.Count;

    /// <inheritdoc/>
    public long? RowCount => Count;

    /// <inheritdoc/>
    public IReadOnlyList<string>? ColumnNames { get; } = names is null ? null : [.. kept?.Select(column => names[column]) ?? names];

    /// <inheritdoc/>
    public void Read(long firstRow, Span<double> values)
    {
        RowStore? stored = _rows;
        ObjectDisposedException.ThrowIf(stored is null, this);
        int count = RowRange.Check(this, firstRow, values);
        stored.Read(firstRow, values[..(count * Dimension)]);
    }

    /// <inheritdoc/>
    public string DescribeRow(long row) => lines is null ? $"{name}, row {row + 1}" : $"{name}, line {lines.LineOf(row)}";

    /// <inheritdoc/>
    public string DescribeColumn(int column) => ColumnText.Describe(kept?[column] ?? column, ColumnNames?[column]);

    /// <summary>Releases the memory of the rows.</summary>
    public void Dispose() => _rows = null;
}
