namespace GmmNative.Data;

/// <summary>Counts the rows of a source.</summary>
internal static class VectorSourceCount
{
    private const int RowsAtATime = 1024;

    /// <summary>Returns T. Reads the source to its end if it does not know the number.</summary>
    public static long Of(IVectorSource source, CancellationToken cancellationToken) => source.RowCount ?? Count(source, cancellationToken);

    /// <summary>Returns T, for results that are stored in an array.</summary>
    /// <param name="source">The rows.</param>
    /// <param name="width">The number of array elements per row, at least 1.</param>
    /// <param name="cancellationToken">Stops the counting.</param>
    /// <exception cref="VectorDataException">There are more rows, or results, than an array can contain.</exception>
    public static int ForArray(IVectorSource source, int width, CancellationToken cancellationToken)
    {
        long count = Of(source, cancellationToken);

        // The limits of .NET for an index, and for the total number of elements of a two-dimensional array.
        return count <= Array.MaxLength && count * width <= uint.MaxValue
            ? (int)count
            : throw new VectorDataException($"{count} rows are too many for one result: divide the data into several files.");
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
