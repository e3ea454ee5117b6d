using Microsoft.ML;

namespace GmmNative.ML.Transformation;

/// <summary>A data view with the columns of a mixture, which are computed row by row when a cursor asks for them.</summary>
internal sealed class MappedDataView(GaussianMixtureRowMapper mapper, IDataView input) : IDataView
{
    public bool CanShuffle => input.CanShuffle;

    public DataViewSchema Schema => mapper.OutputSchema;

    public long? GetRowCount() => input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] active = [.. columnsNeeded];
        return new MappedCursor(mapper, input.GetRowCursor(mapper.GetDependencies(active), rand), active);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        DataViewSchema.Column[] active = [.. columnsNeeded];
        return Array.ConvertAll(
            input.GetRowCursorSet(mapper.GetDependencies(active), n, rand),
            DataViewRowCursor (cursor) => new MappedCursor(mapper, cursor, active));
    }
}
