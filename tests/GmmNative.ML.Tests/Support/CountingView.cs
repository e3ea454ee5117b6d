using Microsoft.ML;

namespace GmmNative.ML.Tests;

/// <summary>A data view that records its cursors.</summary>
internal sealed class CountingView(IDataView data) : IDataView
{
    private readonly List<string> _columns = [];

    /// <summary>The number of cursors so far.</summary>
    public int Cursors => _columns.Count;

    /// <summary>The names of the active columns of each cursor.</summary>
    public IReadOnlyList<string> Columns => _columns;

    public bool CanShuffle => data.CanShuffle;

    public DataViewSchema Schema => data.Schema;

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        lock (_columns)
        {
            _columns.Add(string.Join(',', columnsNeeded.Select(column => column.Name)));
        }

        return data.GetRowCursor(columnsNeeded, rand);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        lock (_columns)
        {
            _columns.Add(string.Join(',', columnsNeeded.Select(column => column.Name)));
        }

        return data.GetRowCursorSet(columnsNeeded, n, rand);
    }
}
