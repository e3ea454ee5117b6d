using Microsoft.ML;
using Microsoft.ML.Data;

namespace GmmNative.ML.Schema;

/// <summary>The schema of a data view with the columns of a mixture.</summary>
internal static class OutputSchema
{
    /// <summary>Appends the columns to a schema. The columns of the input keep their indices.</summary>
    /// <param name="input">The input.</param>
    /// <param name="columns">The names of the columns, in the order of <see cref="OutputKind"/>.</param>
    /// <param name="components">K.</param>
    public static DataViewSchema Of(DataViewSchema input, GaussianMixtureColumns columns, int components)
    {
        VectorDataViewType perComponent = new(NumberDataViewType.Single, components);
        DataViewSchema.Builder builder = new();
        builder.AddColumns(input);
        builder.AddColumn(columns.PredictedLabel, new KeyDataViewType(typeof(uint), components), null);
        builder.AddColumn(columns.Score, perComponent, null);
        builder.AddColumn(columns.Posterior, perComponent, null);
        builder.AddColumn(columns.LogDensity, NumberDataViewType.Single, null);
        return builder.ToSchema();
    }
}
