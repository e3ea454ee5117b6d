namespace GmmNative.Data;

/// <summary>Counts the rows of a source.</summary>
internal static class VectorSourceCount
{
    private const int RowsAtATime = 1024;

    /// <summary>Returns T. Reads the source to its end if it does not know the number.</summary>
    /// <exception cref="VectorDataException">There are more rows than an array can index.</exception>
    public static int Rows(IVectorSource source, CancellationToken cancellationToken)
    {
        long count = source.RowCount ?? Count(source, cancellationToken);
        return count <= Array.MaxLength
            ? (int)count
            : throw new VectorDataException($"{count} rows are more than one result can hold: divide the data into several files.");
    }

    private static long Count(IVectorSource source, CancellationToken cancellationToken)
    {
        using IVectorReader reader = source.OpenReader();
        double[] rows = new double[checked(RowsAtATime * source.Dimension)];
        long count = 0;
        int read;
        while ((read = reader.Read(rows)) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            count += read;
        }

        return count;
    }
}
