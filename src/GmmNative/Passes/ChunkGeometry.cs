namespace GmmNative.Passes;

/// <summary>
/// The division of rows into chunks, which are the operands of products, and groups of chunks, which threads process and whose sums are
/// merged in order. Both depend only on the shape of the problem, so that neither threads nor batches change the order of any summation.
/// </summary>
/// <param name="ChunkRows">The number of rows per chunk.</param>
/// <param name="ChunksPerGroup">The number of chunks per group.</param>
internal readonly record struct ChunkGeometry(int ChunkRows, int ChunksPerGroup)
{
    /// <summary>Merging a group costs one addition per sum. With this many rows, that is about 1% of the products.</summary>
    private const int MinimumGroupRows = 960;

    /// <summary>
    /// The numbers of a chunk that should stay in the caches: 2 MB of doubles, a core's share of the second and third level.
    /// </summary>
    private const int CacheNumbers = 262144;

    /// <summary>The maximum number of results per group: 0.5 MB of doubles.</summary>
    private const int ResultNumbers = 65536;

    /// <summary>A multiple of the strip height at every vector width, so that only the last chunk of a data set has empty lanes.</summary>
    private const int RowUnit = 48;

    private const int MaximumRows = 10 * RowUnit;

    public int GroupRows => ChunkRows * ChunksPerGroup;

    /// <summary>Returns the geometry for work that stores <paramref name="numbersPerRow"/> numbers per row of a chunk.</summary>
    public static ChunkGeometry For(int numbersPerRow)
    {
        int rows = Rows(numbersPerRow);
        return new ChunkGeometry(rows, (MinimumGroupRows + rows - 1) / rows);
    }

    /// <summary>
    /// Returns the geometry for the centered form, which stores rows, their differences from a mean and scaled differences, in addition to
    /// the factor and the sums of one component.
    /// </summary>
    /// <param name="dimension">D.</param>
    /// <param name="largestGroup">The number of coordinates of the largest group.</param>
    /// <param name="components">K.</param>
    public static ChunkGeometry ForCentered(int dimension, int largestGroup, int components) =>
        For((3 * dimension) + (2 * largestGroup) + components);

    /// <summary>Returns the geometry for work with few sums. Groups of one chunk distribute even few rows evenly.</summary>
    /// <param name="numbersPerRow">The numbers stored per row of a chunk.</param>
    public static ChunkGeometry ForFewSums(int numbersPerRow) => new(Rows(numbersPerRow), 1);

    /// <summary>
    /// Returns a geometry with the same chunks, and with groups small enough that their results can be kept until they are passed on in
    /// order. The number of chunks per group changes no result of a row.
    /// </summary>
    /// <param name="resultsPerRow">The number of results per row, at least 1.</param>
    public ChunkGeometry ForResults(int resultsPerRow) =>
        this with { ChunksPerGroup = (int)Math.Clamp(ResultNumbers / ((long)ChunkRows * resultsPerRow), 1, ChunksPerGroup) };

    private static int Rows(int numbersPerRow) =>
        Math.Clamp(CacheNumbers / Math.Max(1, numbersPerRow), RowUnit, MaximumRows) / RowUnit * RowUnit;
}
