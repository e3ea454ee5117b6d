namespace GmmNative.Passes;

/// <summary>Consecutive rows of a data set.</summary>
/// <param name="rows">Count x D, row-major.</param>
/// <param name="count">Number of rows, at least 1.</param>
/// <param name="firstRow">The first one's place in the data set, from 0.</param>
/// <param name="weights">Count weights, not negative; empty where all are one.</param>
/// <param name="missing">Count x D marks of values that are missing; empty where none is.</param>
internal readonly ref struct RowChunk(
    ReadOnlySpan<double> rows, int count, long firstRow, ReadOnlySpan<double> weights = default, ReadOnlySpan<bool> missing = default)
{
    public ReadOnlySpan<double> Rows { get; } = rows;

    public int Count { get; } = count;

    public long FirstRow { get; } = firstRow;

    /// <summary>The weights of the rows; empty where all are one, which costs nothing.</summary>
    public ReadOnlySpan<double> Weights { get; } = weights;

    /// <summary>
    /// Which values are missing, row-major; empty where none is. No feed fills it yet and no worker reads it: the mask of a missing-value
    /// policy goes here.
    /// </summary>
    public ReadOnlySpan<bool> Missing { get; } = missing;
}
