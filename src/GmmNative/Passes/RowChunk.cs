namespace GmmNative.Passes;

/// <summary>Consecutive rows of a data set.</summary>
/// <param name="rows">Count x D, row-major.</param>
/// <param name="count">Number of rows, at least 1.</param>
/// <param name="firstRow">The first one's place in the data set, from 0.</param>
internal readonly ref struct RowChunk(ReadOnlySpan<double> rows, int count, long firstRow)
{
    public ReadOnlySpan<double> Rows { get; } = rows;

    public int Count { get; } = count;

    public long FirstRow { get; } = firstRow;
}
