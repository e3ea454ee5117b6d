using GmmNative.Model;

namespace GmmNative.Inference.Conditioning;

/// <summary>Finds the given coordinates in rows.</summary>
internal static class GivenColumns
{
    /// <summary>Selects the given coordinates of rows, in their order.</summary>
    /// <param name="rows">
    /// Rows with the names of the given coordinates, if rows and model have names. Otherwise the given coordinates in their order, or all
    /// coordinates of the model.
    /// </param>
    /// <param name="model">The model.</param>
    /// <param name="given">The given coordinates.</param>
    /// <exception cref="VectorDataException">A named column is missing, or the rows have another dimension.</exception>
    public static IVectorSource Select(IVectorSource rows, GaussianMixture model, int[] given)
    {
        if (rows.ColumnNames is not null && CoordinateSelection.NamesOf(model, given) is { } names)
        {
            return ModelColumns.Arrange(rows, names);
        }

        return rows.Dimension == given.Length ? rows
            : rows.Dimension == model.Dimension ? VectorSource.SelectColumns(rows, given)
            : throw new VectorDataException(
                $"The vectors have dimension {rows.Dimension}, but {given.Length} coordinates are given: use vectors of these "
                + $"{given.Length} coordinates, or of all {model.Dimension} coordinates of the model.");
    }
}
