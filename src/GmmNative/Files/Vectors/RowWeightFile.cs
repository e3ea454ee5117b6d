using GmmNative.Data;

namespace GmmNative.Files.Vectors;

/// <summary>
/// Reads files of row weights: one number per row, as a <c>.npy</c> array of shape T or T x 1, or as text or raw numbers.
/// </summary>
internal static class RowWeightFile
{
    /// <summary>Adds the weights of a file to rows.</summary>
    /// <param name="rows">The rows, without weights. They are disposed if this method throws.</param>
    /// <param name="path">The file, or <c>-</c> for standard input.</param>
    /// <returns>The rows with their weights.</returns>
    /// <exception cref="VectorDataException">
    /// The file cannot be read, has another number of rows or more than one column, or a weight is negative or not finite.
    /// </exception>
    public static IVectorSource AddTo(IVectorSource rows, string path)
    {
        try
        {
            return VectorSource.WithCheckedWeights(rows, Read(path, rows.RowCount));
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }

    private static double[] Read(string path, long? rows)
    {
        string name = InputFile.DisplayName(path);
        using IVectorSource file = VectorFile.Open(path, new VectorFileOptions { Dimension = 1, AcceptsOneDimension = true });
        if (file.Dimension != 1)
        {
            throw new VectorDataException($"{name}: it has {file.Dimension} columns, but row weights are one number per row.");
        }

        int count = VectorSourceCount.ForArray(file, 1, CancellationToken.None);
        if (rows is { } expected && expected != count)
        {
            throw new VectorDataException($"{name}: it has {count} row weights for {expected} rows: give one for each row.");
        }

        double[] weights = new double[count];
        using IVectorReader reader = file.OpenReader();
        int read;
        for (int done = 0; done < count && (read = reader.Read(weights.AsSpan(done))) > 0; done += read)
        {
        }

        RowWeightCheck.CheckEach(weights, row => $"{file.DescribeRow(row)}: the row weight");
        RowWeightCheck.CheckLargest(weights, $"{name}: the row weights");
        return weights;
    }
}
