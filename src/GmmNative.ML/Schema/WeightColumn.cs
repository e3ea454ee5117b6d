using Microsoft.ML;

namespace GmmNative.ML.Schema;

/// <summary>Finds the column of row weights.</summary>
internal static class WeightColumn
{
    /// <summary>Finds and checks a column of weights.</summary>
    /// <exception cref="ArgumentException">The column is missing, or is neither Single nor Double.</exception>
    public static DataViewSchema.Column Find(DataViewSchema schema, string name)
    {
        DataViewSchema.Column column = ColumnProblem.Find(schema, name);
        return ColumnProblem.IsNumber(column.Type) ? column : throw ColumnProblem.NoWeight(name, $"{column.Type}");
    }
}
