namespace GmmNative.TestSupport;

/// <summary>Reads the rows of a source into one array.</summary>
public static class VectorSourceRows
{
    /// <summary>All rows, row-major, by one pass in pieces of a few rows.</summary>
    public static double[] ReadAll(this IVectorSource source, int rowsAtOnce = 3)
    {
        List<double> all = [];
        double[] piece = new double[rowsAtOnce * source.Dimension];
        using IVectorReader reader = source.OpenReader();
        for (int count = reader.Read(piece); count > 0; count = reader.Read(piece))
        {
            all.AddRange(piece.AsSpan(0, count * source.Dimension));
        }

        return [.. all];
    }
}
