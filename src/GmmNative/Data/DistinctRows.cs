namespace GmmNative.Data;

/// <summary>Counts the distinct rows of a source.</summary>
internal static class DistinctRows
{
    private const int RowsAtATime = 256;

    /// <summary>Counts distinct rows up to a limit. Reading stops at the limit, which most data sets reach after as many rows.</summary>
    /// <param name="source">The rows.</param>
    /// <param name="limit">The count to stop at.</param>
    /// <param name="batchSize">The maximum number of rows to request from the source at a time; <see langword="null"/> for no
    /// limit.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    public static int Count(IVectorSource source, int limit, int? batchSize, CancellationToken cancellationToken)
    {
        int dimension = source.Dimension;
        HashSet<ReadOnlyMemory<double>> distinct = new(RowEquality.Instance);
        double[] buffer = new double[checked(Math.Min(RowsAtATime, batchSize ?? RowsAtATime) * dimension)];
        using IVectorReader reader = source.OpenReader();
        int read;
        while (distinct.Count < limit && (read = reader.Read(buffer)) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int r = 0; r < read && distinct.Count < limit; r++)
            {
                ReadOnlyMemory<double> row = buffer.AsMemory(r * dimension, dimension);
                if (!distinct.Contains(row))
                {
                    distinct.Add(row.ToArray());
                }
            }
        }

        return distinct.Count;
    }
}
