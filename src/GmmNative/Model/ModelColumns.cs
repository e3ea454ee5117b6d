using GmmNative.Data;
using GmmNative.Errors;

namespace GmmNative.Model;

/// <summary>Brings rows and models into the order of a model's columns.</summary>
internal static class ModelColumns
{
    /// <summary>The rows with the columns that a model has, in the model's order, where both have names; else as they are.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="model">The model.</param>
    /// <param name="leadingSuffice">Whether the first columns of the model are enough.</param>
    /// <exception cref="VectorDataException">A column is missing, or is there more than once.</exception>
    public static IVectorSource Arrange(IVectorSource rows, GaussianMixture model, bool leadingSuffice = false)
    {
        if (model.Columns is not { } wanted || rows.ColumnNames is not { } names)
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

    /// <summary>A model with its columns in the order of another one's, where both have names; else as it is.</summary>
    /// <exception cref="ArgumentException">It has other columns, or a structure whose columns cannot be put in another order.</exception>
    public static GaussianMixture InOrderOf(GaussianMixture model, GaussianMixture? other) =>
        model.Columns is null || other?.Columns is not { } names ? model : model.OrderColumns(names);
}
