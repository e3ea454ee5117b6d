namespace GmmNative.Passes.Missing;

/// <summary>The patterns of missing values of a data set, and how many rows have them.</summary>
internal sealed class MissingPatterns
{
    private const int RowsAtATime = 1024;

    /// <summary>
    /// The maximum number of patterns that are counted, in the order of the rows. Where there are more, hardly one of them is frequent.
    /// </summary>
    private const int MaximumPatterns = 1 << 14;

    private readonly KeyValuePair<MissingPattern, long>[] _counts;

    private MissingPatterns(KeyValuePair<MissingPattern, long>[] counts, long rows, long emptyRows)
    {
        _counts = counts;
        Rows = rows;
        EmptyRows = emptyRows;
    }

    /// <summary>The number of rows with missing values.</summary>
    public long Rows { get; }

    /// <summary>The number of rows in which every value is missing.</summary>
    public long EmptyRows { get; }

    /// <summary>Reads all rows once.</summary>
    /// <param name="source">The rows.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static MissingPatterns Find(IVectorSource source, CancellationToken cancellationToken)
    {
        int dimension = source.Dimension;
        Dictionary<MissingPattern, long> counts = [];
        double[] buffer = new double[checked(RowsAtATime * dimension)];
        using IVectorReader reader = source.OpenReader();
        long rows = 0;
        long empty = 0;
        for (int read; (read = reader.Read(buffer)) > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int r = 0; r < read; r++)
            {
                ReadOnlySpan<double> row = buffer.AsSpan(r * dimension, dimension);
                if (!MissingPattern.HasMissing(row))
                {
                    continue;
                }

                rows++;
                empty += row.ContainsAnyExcept(double.NaN) ? 0 : 1;
                MissingPattern pattern = MissingPattern.Of(row);
                if (counts.TryGetValue(pattern, out long count) || counts.Count < MaximumPatterns)
                {
                    counts[pattern] = count + 1;
                }
            }
        }

        // Sorting is stable: patterns of equal frequency stay in the order of the rows.
        return new MissingPatterns([.. counts.OrderByDescending(entry => entry.Value)], rows, empty);
    }

    /// <summary>Returns the most frequent patterns with at least one observed value, the most frequent first.</summary>
    /// <param name="minimumRows">The minimum number of rows of a pattern.</param>
    /// <param name="maximumPatterns">The maximum number of patterns.</param>
    public IReadOnlyList<MissingPattern> Frequent(long minimumRows, int maximumPatterns) =>
        [.. _counts.Where(entry => entry.Value >= minimumRows && entry.Key.Observed.Length > 0).Take(maximumPatterns)
            .Select(entry => entry.Key)];
}
