using Microsoft.ML;
using Microsoft.ML.Data;

namespace GmmNative.ML.Schema;

/// <summary>A column of vectors that a mixture can be trained on or applied to.</summary>
internal sealed class FeatureColumn
{
    private const string SlotNamesKind = "SlotNames";

    private FeatureColumn(DataViewSchema.Column column, VectorDataViewType type)
    {
        Name = column.Name;
        Index = column.Index;
        Dimension = type.Size;
        IsDouble = type.ItemType == NumberDataViewType.Double;
        SlotNames = NamesOf(column, Dimension);
    }

    /// <summary>The name of the column.</summary>
    public string Name { get; }

    /// <summary>The index of the column in its schema.</summary>
    public int Index { get; }

    /// <summary>The length of the vectors, D.</summary>
    public int Dimension { get; }

    /// <summary>Whether the numbers are Double; otherwise they are Single.</summary>
    public bool IsDouble { get; }

    /// <summary>The names of the D elements, or <see langword="null"/> if one is missing or two are equal.</summary>
    public IReadOnlyList<string>? SlotNames { get; }

    /// <summary>Finds and checks a column.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="name">The name of the column.</param>
    /// <param name="dimension">The dimension of the model, or <see langword="null"/> for any.</param>
    /// <exception cref="ArgumentException">
    /// The column is missing, is no vector of Single or Double of known size, or has another dimension.
    /// </exception>
    public static FeatureColumn Find(DataViewSchema schema, string name, int? dimension = null)
    {
        DataViewSchema.Column column = ColumnProblem.Find(schema, name);
        if (column.Type is not VectorDataViewType type || !ColumnProblem.IsNumber(type.ItemType))
        {
            throw ColumnProblem.NoVector(name, $"{column.Type}");
        }

        if (!type.IsKnownSize)
        {
            throw ColumnProblem.UnknownSize(name);
        }

        if (dimension is { } expected && type.Size != expected)
        {
            throw new ArgumentException(
                $"Column '{name}' has vectors of {type.Size} numbers, but the model has dimension {expected}. "
                + "Use the features that the model was trained on.");
        }

        return new FeatureColumn(column, type);
    }

    /// <summary>Describes a row in messages.</summary>
    /// <param name="row">The number of the row, from 0.</param>
    public string DescribeRow(long row) => $"column '{Name}', row {row + 1}";

    private static string[]? NamesOf(DataViewSchema.Column column, int dimension)
    {
        if (column.Annotations.Schema.GetColumnOrNull(SlotNamesKind) is not { Type: VectorDataViewType type }
            || type.Size != dimension || type.ItemType is not TextDataViewType)
        {
            return null;
        }

        VBuffer<ReadOnlyMemory<char>> slots = default;
        column.Annotations.GetValue(SlotNamesKind, ref slots);
        string[] names = [.. slots.DenseValues().Select(name => name.ToString())];
        return names.Contains(string.Empty) || names.Distinct().Count() < names.Length ? null : names;
    }
}
