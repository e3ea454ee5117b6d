using Microsoft.ML;
using Microsoft.ML.Data;
using VectorKind = Microsoft.ML.SchemaShape.Column.VectorKind;

namespace GmmNative.ML.Schema;

/// <summary>The columns of an estimator before there is data: the check of its inputs, and the shape of its outputs.</summary>
internal static class EstimatorSchema
{
    /// <summary>Checks a column of vectors.</summary>
    /// <exception cref="ArgumentException">The column is missing, or is no vector of Single or Double of known size.</exception>
    public static void CheckFeatures(SchemaShape shape, string name)
    {
        SchemaShape.Column column = Find(shape, name);
        if (column.Kind == VectorKind.Scalar || column.IsKey || !ColumnProblem.IsNumber(column.ItemType))
        {
            throw ColumnProblem.NoVector(name, Describe(column));
        }

        if (column.Kind == VectorKind.VariableVector)
        {
            throw ColumnProblem.UnknownSize(name);
        }
    }

    /// <summary>Checks a column of row weights.</summary>
    /// <exception cref="ArgumentException">The column is missing, or is neither Single nor Double.</exception>
    public static void CheckWeights(SchemaShape shape, string name)
    {
        SchemaShape.Column column = Find(shape, name);
        if (column.Kind != VectorKind.Scalar || column.IsKey || !ColumnProblem.IsNumber(column.ItemType))
        {
            throw ColumnProblem.NoWeight(name, Describe(column));
        }
    }

    /// <summary>Returns the shape with the columns of a mixture. They replace columns of the same names.</summary>
    public static SchemaShape WithOutputs(SchemaShape shape, GaussianMixtureColumns columns)
    {
        SchemaShape.Column[] added =
        [
            new(columns.PredictedLabel, VectorKind.Scalar, NumberDataViewType.UInt32, true, null),
            new(columns.Score, VectorKind.Vector, NumberDataViewType.Single, false, null),
            new(columns.Posterior, VectorKind.Vector, NumberDataViewType.Single, false, null),
            new(columns.LogDensity, VectorKind.Scalar, NumberDataViewType.Single, false, null),
        ];
        return new SchemaShape(shape.Where(column => !added.Any(other => other.Name == column.Name)).Concat(added));
    }

    private static SchemaShape.Column Find(SchemaShape shape, string name) =>
        shape.TryFindColumn(name, out SchemaShape.Column column)
            ? column
            : throw ColumnProblem.Missing(name, shape.Select(other => other.Name));

    private static string Describe(in SchemaShape.Column column)
    {
        string item = column.IsKey ? $"Key<{column.ItemType}>" : $"{column.ItemType}";
        return column.Kind == VectorKind.Scalar ? item : $"Vector<{item}>";
    }
}
