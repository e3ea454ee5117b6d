using GmmNative.Data;

namespace GmmNative;

/// <summary>A data set any of whose rows can be read at any time, from several threads at once.</summary>
/// <example>
/// <code>
/// IRandomAccessVectorSource rows = VectorSource.From(new double[,] { { 1, 2 }, { 3, 4 }, { 5, 6 } });
/// double[] last = new double[rows.Dimension];
/// rows.Read(rows.Count - 1, last);
/// </code>
/// </example>
public interface IRandomAccessVectorSource : IVectorSource
{
    /// <summary>T.</summary>
    long Count { get; }

    /// <summary>Copies consecutive rows, widened to double.</summary>
    /// <param name="firstRow">The first row, from 0.</param>
    /// <param name="rows">Receives whole rows, row-major; its length is a multiple of D.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rows reach beyond the last one.</exception>
    void Read(long firstRow, Span<double> rows);

    /// <summary>Gives consecutive rows where they lie, for sources that hold them as double, one after the other.</summary>
    /// <param name="firstRow">The first row, from 0.</param>
    /// <param name="count">How many.</param>
    /// <param name="rows">The rows, row-major; they must not change while in use.</param>
    /// <returns>False [default] where rows must be read.</returns>
    bool TryGetRows(long firstRow, int count, out ReadOnlySpan<double> rows)
    {
        rows = default;
        return false;
    }

    /// <inheritdoc/>
    IVectorReader IVectorSource.OpenReader() => new RandomAccessVectorReader(this);
}
