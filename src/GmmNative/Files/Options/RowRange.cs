namespace GmmNative.Files.Options;

/// <summary>The one check of the arguments of <see cref="IRandomAccessVectorSource.Read"/>.</summary>
internal static class RowRange
{
    /// <summary>Checks that the rows exist.</summary>
    /// <returns>The number of rows asked for.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rows reach beyond the last one.</exception>
    public static int Check(IRandomAccessVectorSource source, long firstRow, ReadOnlySpan<double> rows)
    {
        int count = rows.Length / source.Dimension;
        ArgumentOutOfRangeException.ThrowIfNegative(firstRow);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstRow, source.Count - count);
        return count;
    }
}
