using GmmNative.Data;
using GmmNative.Errors;

namespace GmmNative.Model;

/// <summary>Reorders rows and models to match the columns of a model.</summary>
internal static class ModelColumns
{
    /// <summary>
    /// Selects the columns of a model, in the order of the model, if both have names. Otherwise returns the rows unchanged.
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="model">The model.</param>
    /// <param name="leadingSuffice">Whether the leading columns of the model are sufficient.</param>
    /// <exception cref="VectorDataException">A column is missing, or occurs more than once.</exception>
    public static IVectorSource Arrange(IVectorSource rows, GaussianMixture model, bool leadingSuffice = false) =>
        Arrange(rows, model.Columns, leadingSuffice);

    /// <summary>Selects columns by their names, in order, if both have names. Otherwise returns the rows unchanged.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="columns">The names of columns of a model, or <see langword="null"/>.</param>
    /// <param name="leadingSuffice">Whether the leading columns are sufficient.</param>
    /// <exception cref="VectorDataException">A column is missing, or occurs more than once.</exception>
    public static IVectorSource Arrange(IVectorSource rows, IReadOnlyList<string>? columns, bool leadingSuffice = false)
    {
        if (columns is not { } wanted || rows.ColumnNames is not { } names)
        {
            return rows;
        }

        try
        {
            return VectorSource.SelectColumns(rows, ColumnMatch.Find(wanted, names, leadingSuffice, "the model").Columns);
        }
        catch (FileProblemException e)
        {
            throw new VectorDataException($"The rows: {e.Message}", e);
        }
    }

    /// <summary>
    /// Reorders the columns of a model to match another model, if both have names. Otherwise returns the model unchanged.
    /// </summary>
    /// <exception cref="ArgumentException">The models have different columns, or the structure does not allow reordering.</exception>
    public static GaussianMixture InOrderOf(GaussianMixture model, GaussianMixture? other) =>
        model.Columns is null || other?.Columns is not { } names ? model : model.OrderColumns(names);
}
