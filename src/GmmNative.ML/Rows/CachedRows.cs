using System.Numerics;
using System.Runtime.CompilerServices;
using GmmNative.ML.Schema;
using Microsoft.ML;

namespace GmmNative.ML.Rows;

/// <summary>The vectors of one column of a data view, read once and kept in memory.</summary>
internal sealed class CachedRows : IRandomAccessVectorSource
{
    private readonly IRandomAccessVectorSource _rows;
    private readonly FeatureColumn _column;

    private CachedRows(IRandomAccessVectorSource rows, FeatureColumn column)
    {
        _rows = rows;
        _column = column;
    }

    public int Dimension => _rows.Dimension;

    public long? RowCount => _rows.Count;

    public long Count => _rows.Count;

    public IReadOnlyList<string>? ColumnNames => _column.SlotNames;

    /// <summary>Reads a column if it fits.</summary>
    /// <param name="data">The data view.</param>
    /// <param name="column">The column, whose numbers are of type <typeparamref name="T"/>.</param>
    /// <param name="budget">The maximum size of the rows in bytes.</param>
    /// <returns>The rows, or <see langword="null"/> if they are larger than the budget.</returns>
    /// <exception cref="VectorDataException">There are no rows.</exception>
    public static CachedRows? TryRead<T>(IDataView data, FeatureColumn column, long budget)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        long maximum = budget / ((long)column.Dimension * Unsafe.SizeOf<T>());
        if (maximum == 0 || data.GetRowCount() > maximum)
        {
            return null;
        }

        bool complete = true;
        IRandomAccessVectorSource rows = From(Rows());
        return complete ? new CachedRows(rows, column) : null;

        // One array for all rows, because VectorSource.From copies each.
        IEnumerable<T[]> Rows()
        {
            using DataViewVectorReader<T> reader = new(data.GetRowCursor([data.Schema[column.Index]]), data.Schema[column.Index]);
            T[] row = new T[column.Dimension];
            for (long count = 0; reader.TryReadNext<T>(row); count++)
            {
                complete = count < maximum;
                if (!complete)
                {
                    yield break;
                }

                yield return row;
            }
        }
    }

    public string DescribeRow(long row) => _column.DescribeRow(row);

    public void Read(long firstRow, Span<double> rows) => _rows.Read(firstRow, rows);

    public bool TryGetRows(long firstRow, int count, out ReadOnlySpan<double> rows) => _rows.TryGetRows(firstRow, count, out rows);

    private static IRandomAccessVectorSource From<T>(IEnumerable<T[]> rows) => rows switch
    {
        IEnumerable<float[]> single => VectorSource.From(single),
        IEnumerable<double[]> full => VectorSource.From(full),
        _ => throw new NotSupportedException($"Rows of {typeof(T)} are not supported."),
    };
}
