namespace GmmNative.Files.Options;

/// <summary>Validates the arguments of <see cref="IRandomAccessVectorSource.Read"/>.</summary>
internal static class RowRange
{
    /// <summary>Checks that the rows exist.</summary>
    /// <returns>The number of requested rows.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rows extend beyond the end of the data set.</exception>
    public static int Check(IRandomAccessVectorSource source, long firstRow, ReadOnlySpan<double> rows)
    {
        int count = rows.Length / source.Dimension;
        ArgumentOutOfRangeException.ThrowIfNegative(firstRow);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstRow, source.Count - count);
        return count;
    }
}
