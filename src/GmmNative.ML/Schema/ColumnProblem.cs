using Microsoft.ML;
using Microsoft.ML.Data;

namespace GmmNative.ML.Schema;

/// <summary>The errors about columns, and the test that they share.</summary>
internal static class ColumnProblem
{
    /// <summary>Whether a type is Single or Double.</summary>
    public static bool IsNumber(DataViewType type) => type == NumberDataViewType.Single || type == NumberDataViewType.Double;

    /// <summary>Finds a column.</summary>
    /// <exception cref="ArgumentException">The column does not exist.</exception>
    public static DataViewSchema.Column Find(DataViewSchema schema, string name) =>
        schema.GetColumnOrNull(name) ?? throw Missing(name, schema.Select(column => column.Name));

    /// <summary>Creates the exception for a column that does not exist.</summary>
    /// <param name="name">The name that was asked for.</param>
    /// <param name="names">The names of all columns.</param>
    public static ArgumentException Missing(string name, IEnumerable<string> names) => new(
        $"There is no column '{name}'. The columns are: {string.Join(", ", names)}. "
        + "Set the column name, or create the column with Concatenate.");

    /// <summary>Creates the exception for a column of a wrong type.</summary>
    /// <param name="name">The name of the column.</param>
    /// <param name="type">Its type.</param>
    public static ArgumentException NoVector(string name, string type) => new(
        $"Column '{name}' is {type}, but a mixture needs a vector of Single or Double. "
        + "Convert the column, or combine columns with Concatenate.");

    /// <summary>Creates the exception for vectors without a known size.</summary>
    /// <param name="name">The name of the column.</param>
    public static ArgumentException UnknownSize(string name) => new(
        $"Column '{name}' has vectors of unknown size, but a mixture needs a known one. "
        + "Set [VectorType(D)] on the member, or a size in the schema.");

    /// <summary>Creates the exception for a weight column of a wrong type.</summary>
    /// <param name="name">The name of the column.</param>
    /// <param name="type">Its type.</param>
    public static ArgumentException NoWeight(string name, string type) => new(
        $"Column '{name}' is {type}, but row weights are Single or Double. Convert the column with ConvertType.");
}
