using System.Numerics;
using GmmNative.ML.Schema;
using Microsoft.ML;

namespace GmmNative.ML.Rows;

/// <summary>The vectors of one column of a data view. Each pass moves a new cursor over the view; no rows are kept.</summary>
/// <typeparam name="T">The type of the column's numbers.</typeparam>
internal sealed class DataViewVectorSource<T>(IDataView data, FeatureColumn column) : IVectorSource
    where T : unmanaged, INumberBase<T>
{
    public int Dimension => column.Dimension;

    public long? RowCount => data.GetRowCount();

    public IReadOnlyList<string>? ColumnNames => column.SlotNames;

    public string DescribeRow(long row) => column.DescribeRow(row);

    public IVectorReader OpenReader() =>
        new DataViewVectorReader<T>(data.GetRowCursor([data.Schema[column.Index]]), data.Schema[column.Index]);
}
