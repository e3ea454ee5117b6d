using GmmNative.Data;
using GmmNative.Errors;

namespace GmmNative.Files.Vectors;

/// <summary>Row weights that are a column of a vector file.</summary>
internal static class RowWeightColumn
{
    private const int RowsAtATime = 1024;

    /// <summary>Separates the last column, which contains the weights, from the coordinates.</summary>
    /// <param name="rows">The coordinates and the weights. They are disposed if this method throws.</param>
    /// <param name="name">The name of the column.</param>
    /// <exception cref="VectorDataException">A weight is negative or not finite.</exception>
    public static IVectorSource Split(IVectorSource rows, string name)
    {
        try
        {
            double[] weights = Read(rows);
            RowWeightCheck.CheckEach(weights, row => $"{rows.DescribeRow(row)}: the row weight in column {MessageText.Quote(name)}");
            return VectorSource.WithCheckedWeights(
                VectorSource.SelectColumns(rows, [.. Enumerable.Range(0, rows.Dimension - 1)]), weights);
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }

    private static double[] Read(IVectorSource rows)
    {
        int dimension = rows.Dimension;
        List<double> weights = [];
        double[] buffer = new double[checked(RowsAtATime * dimension)];
        using IVectorReader reader = rows.OpenReader();
        int read;
        while ((read = reader.Read(buffer)) > 0)
        {
            for (int r = 0; r < read; r++)
            {
                weights.Add(buffer[((r + 1) * dimension) - 1]);
            }
        }

        return [.. weights];
    }
}
