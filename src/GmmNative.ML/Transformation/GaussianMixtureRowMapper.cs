using GmmNative.ML.Schema;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GmmNative.ML.Transformation;

/// <summary>Adds the columns of a mixture to the rows of one input schema.</summary>
internal sealed class GaussianMixtureRowMapper : IRowToRowMapper
{
    public GaussianMixtureRowMapper(GaussianMixtureTransformer transformer, DataViewSchema input)
    {
        InputSchema = input;
        Scorer = transformer.Scorer;
        Features = FeatureColumn.Find(input, transformer.FeatureColumnName, transformer.Model.Dimension);
        OutputSchema = Schema.OutputSchema.Of(input, transformer.Columns, transformer.Model.ComponentCount);
    }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    /// <summary>The prepared model.</summary>
    public MixtureScorer Scorer { get; }

    /// <summary>The column of features in <see cref="InputSchema"/>.</summary>
    public FeatureColumn Features { get; }

    /// <summary>Whether a column of <see cref="OutputSchema"/> is not one of the input.</summary>
    public bool IsAdded(DataViewSchema.Column column) => column.Index >= InputSchema.Count;

    /// <summary>Returns what an added column contains.</summary>
    public OutputKind KindOf(DataViewSchema.Column column) => (OutputKind)(column.Index - InputSchema.Count);

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        ArgumentNullException.ThrowIfNull(dependingColumns);
        SortedSet<int> indices = [];
        foreach (DataViewSchema.Column column in dependingColumns)
        {
            indices.Add(IsAdded(column) ? Features.Index : column.Index);
        }

        return indices.Select(index => InputSchema[index]);
    }

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(activeColumns);
        return input.Schema == InputSchema
            ? new MappedRow(this, input, activeColumns)
            : throw new ArgumentException("The row has another schema than the mapper was made for.", nameof(input));
    }
}
