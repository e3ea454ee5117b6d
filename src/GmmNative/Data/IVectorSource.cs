using System.Diagnostics.CodeAnalysis;
using GmmNative.Data;

namespace GmmNative;

/// <summary>
/// A data set of T row vectors of dimension D that can be read from the start any number of times, each time the same rows in
/// the same order: what a DataLoader is to the reference.
/// </summary>
/// <remarks>
/// Opening readers must be thread-safe; one reader is used by one thread at a time. Whoever opens a source disposes it: a source of a file
/// holds the file open until then. Nothing in the library disposes a source that it was given, but sources made of others
/// (<see cref="VectorSource.Concatenate"/>, <see cref="VectorSource.SelectColumns"/>), which own them.
/// </remarks>
/// <example>
/// <code>
/// using IVectorSource rows = VectorFile.Open("rows.npy");
/// using IVectorReader reader = rows.OpenReader();
/// double[] buffer = new double[1000 * rows.Dimension];
/// long count = 0;
/// for (int read = reader.Read(buffer); read > 0; read = reader.Read(buffer))
/// {
///     count += read;
/// }
/// </code>
/// </example>
public interface IVectorSource : IDisposable
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

    /// <summary>
    /// Gives back what the source holds, at once; afterwards reading from it throws <see cref="ObjectDisposedException"/>. Does nothing by
    /// default, and for sources in memory. May be called more than once.
    /// </summary>
    [SuppressMessage("Usage", "CA1816", Justification = "There is nothing here that a finalizer could give back.")]
    void IDisposable.Dispose()
    {
    }
}
