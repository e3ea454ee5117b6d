namespace GmmNative.Data.Sources;

/// <summary>Reads selected rows of any source.</summary>
internal static class RandomRows
{
    private const int RowsAtATime = 1024;

    /// <summary>
    /// Draws distinct row numbers, ascending. If there are fewer rows than requested, returns all rows, some more than once.
    /// </summary>
    public static long[] Draw(long rows, int count, Random random)
    {
        // Floyd's algorithm needs exactly count draws, for any number of rows.
        HashSet<long> drawn = [];
        long wanted = Math.Min(count, rows);
        for (long top = rows - wanted; top < rows; top++)
        {
            long candidate = random.NextInt64(top + 1);
            drawn.Add(drawn.Contains(candidate) ? top : candidate);
        }

        List<long> result = [.. drawn];
        for (long i = 0; result.Count < count; i++)
        {
            result.Add(i % rows);
        }

        result.Sort();
        return [.. result];
    }

    /// <summary>
    /// Draws a stratified sample of row numbers, in ascending order: one random row from each of <paramref name="count"/> equal parts.
    /// Every row has the same probability, so periodic data is sampled without bias.
    /// </summary>
    public static long[] Spread(long rows, int count, Random random)
    {
        long[] places = new long[count];
        for (int i = 0; i < count; i++)
        {
            long first = (long)((Int128)rows * i / count);
            long next = (long)((Int128)rows * (i + 1) / count);
            places[i] = next > first ? random.NextInt64(first, next) : first;
        }

        return places;
    }

    /// <summary>Copies rows, given by ascending row numbers, to a count x D array.</summary>
    public static double[] Read(IVectorSource source, ReadOnlySpan<long> rows, CancellationToken cancellationToken)
    {
        int dimension = source.Dimension;
        double[] result = new double[checked(rows.Length * dimension)];
        if (source is IRandomAccessVectorSource randomAccess)
        {
            for (int i = 0; i < rows.Length; i++)
            {
                randomAccess.Read(rows[i], result.AsSpan(i * dimension, dimension));
            }

            return result;
        }

        using IVectorReader reader = source.OpenReader();
        double[] buffer = new double[checked(RowsAtATime * dimension)];
        long first = 0;
        int next = 0;
        int read;
        while (next < rows.Length && (read = reader.Read(buffer)) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (; next < rows.Length && rows[next] < first + read; next++)
            {
                buffer.AsSpan((int)(rows[next] - first) * dimension, dimension).CopyTo(result.AsSpan(next * dimension));
            }

            first += read;
        }

        return next == rows.Length ? result : throw SameRows.OtherCount(first, rows[^1] + 1);
    }
}
