using GmmNative.Data;

namespace GmmNative;

/// <summary>A data set whose rows can be read in any order, by several threads at the same time.</summary>
/// <example>
/// <code>
/// IRandomAccessVectorSource rows = VectorSource.From(new double[,] { { 1, 2 }, { 3, 4 }, { 5, 6 } });
/// double[] last = new double[rows.Dimension];
/// rows.Read(rows.Count - 1, last);
/// </code>
/// </example>
public interface IRandomAccessVectorSource : IVectorSource
{
    /// <summary>The number of rows, T.</summary>
    long Count { get; }

    /// <summary>Copies consecutive rows, converted to double.</summary>
    /// <param name="firstRow">The first row, from 0.</param>
    /// <param name="rows">Receives whole rows, row-major. Its length is a multiple of D.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rows extend beyond the end of the data set.</exception>
    void Read(long firstRow, Span<double> rows);

    /// <summary>Returns consecutive rows without copying, if the source stores them contiguously as double.</summary>
    /// <param name="firstRow">The first row, from 0.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="rows">The rows, row-major. They must not change while in use.</param>
    /// <returns>
    /// <see langword="false"/> if the rows must be copied with <see cref="Read"/>, which is the default implementation.
    /// </returns>
    bool TryGetRows(long firstRow, int count, out ReadOnlySpan<double> rows)
    {
        rows = default;
        return false;
    }

    /// <inheritdoc/>
    IVectorReader IVectorSource.OpenReader() => new RandomAccessVectorReader(this);
}
