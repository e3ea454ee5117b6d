using GmmNative.Data;

namespace GmmNative;

/// <summary>
/// A data set of T row vectors of dimension D that can be read from the start any number of times, each time the same rows in
/// the same order: what a DataLoader is to the reference.
/// </summary>
/// <remarks>Opening readers must be thread-safe; one reader is used by one thread at a time.</remarks>
public interface IVectorSource
{
    /// <summary>D, at least 1.</summary>
    int Dimension { get; }

    /// <summary>T, or <see langword="null"/> when only reading to the end can tell.</summary>
    long? RowCount { get; }

    /// <summary>Starts a pass at the first row.</summary>
    IVectorReader OpenReader();

    /// <summary>Where a row comes from, for messages; for example <c>speech.npy, row 17</c>.</summary>
    /// <param name="row">The row, from 0.</param>
    string DescribeRow(long row) => $"row {row + 1}";

    /// <summary>
    /// The names of the D columns, in their order; <see langword="null"/> [default] where the data has none. They are texts of any kind: a
    /// name may be empty, and two may be equal.
    /// </summary>
    IReadOnlyList<string>? ColumnNames => null;

    /// <summary>What a column is called in messages; for example <c>column 2 (waiting)</c>.</summary>
    /// <param name="column">The column, from 0.</param>
    string DescribeColumn(int column) => ColumnText.Describe(column, ColumnNames?[column]);
}
