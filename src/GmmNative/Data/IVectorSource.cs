using System.Diagnostics.CodeAnalysis;
using GmmNative.Data;

namespace GmmNative;

/// <summary>
/// A data set of T rows of dimension D that can be read from the start any number of times. Every pass returns the same rows in the
/// same order.
/// </summary>
/// <remarks>
/// Opening readers must be thread-safe. A reader is used by one thread at a time. The code that opens a source disposes it: a file source
/// keeps its file open until then. The library does not dispose the sources that callers pass to it, except for sources that combine others
/// (<see cref="VectorSource.Concatenate"/>, <see cref="VectorSource.SelectColumns"/>), which own their parts.
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
    /// <summary>The dimension of the rows, D, at least 1.</summary>
    int Dimension { get; }

    /// <summary>The number of rows, T, or <see langword="null"/> if it is known only after reading to the end.</summary>
    long? RowCount { get; }

    /// <summary>Starts a pass at the first row.</summary>
    IVectorReader OpenReader();

    /// <summary>Describes the origin of a row in messages, for example <c>speech.npy, row 17</c>.</summary>
    /// <param name="row">The row, from 0.</param>
    string DescribeRow(long row) => $"row {row + 1}";

    /// <summary>
    /// The names of the D columns in order, or <see langword="null"/>, the default, if the data has no names. Names may be empty or
    /// repeated.
    /// </summary>
    IReadOnlyList<string>? ColumnNames => null;

    /// <summary>
    /// The weights of the T rows, or empty, the default, if every row counts as one. A row of weight 0 counts as if it were absent, a
    /// row of weight 2 as if it occurred twice. <see cref="VectorSource.WithRowWeights"/> adds weights to any source.
    /// </summary>
    ReadOnlyMemory<double> RowWeights => default;

    /// <summary>
    /// The policy for missing values, which are NaN in rows. The default is <see cref="MissingValues.Error"/>.
    /// <see cref="VectorSource.WithMissingValues"/> sets the policy of any source.
    /// </summary>
    MissingValues MissingValues => MissingValues.Error;

    /// <summary>
    /// The utterances of the data in order, which together are all T rows; empty, the default, if the data does not distinguish
    /// utterances. Kaldi archives, lists of files and several files opened together have utterances.
    /// </summary>
    IReadOnlyList<Utterance> Utterances => [];

    /// <summary>Describes a column in messages, for example <c>column 2 (waiting)</c>.</summary>
    /// <param name="column">The column, from 0.</param>
    string DescribeColumn(int column) => ColumnText.Describe(column, ColumnNames?[column]);

    /// <summary>
    /// Releases the resources of the source immediately. Reading from it afterwards throws <see cref="ObjectDisposedException"/>. The
    /// default implementation does nothing, and so do sources in memory. It may be called more than once.
    /// </summary>
    [SuppressMessage("Usage", "CA1816", Justification = "There is nothing that a finalizer could release.")]
    void IDisposable.Dispose()
    {
    }
}
