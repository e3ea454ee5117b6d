namespace GmmNative.Passes;

/// <summary>
/// How rows are cut up: chunks are what the products work on, groups of chunks what threads take and whose sums are merged in order.
/// Both depend on the problem's shape alone, so that neither threads nor batches change the order of any summation.
/// </summary>
/// <param name="ChunkRows">Rows of a chunk.</param>
/// <param name="ChunksPerGroup">Chunks of a group.</param>
internal readonly record struct ChunkGeometry(int ChunkRows, int ChunksPerGroup)
{
    /// <summary>Merging a group costs one addition a sum: with this many rows about a hundredth of the products.</summary>
    private const int MinimumGroupRows = 960;

    /// <summary>
    /// Numbers of a chunk that should stay in the caches: two megabytes of doubles, a core's share of the second and third level.
    /// </summary>
    private const int CacheNumbers = 262144;

    /// <summary>Numbers that the results of a group may have: half a megabyte of doubles.</summary>
    private const int ResultNumbers = 65536;

    /// <summary>Whole strips of every vector width there is, so that only a data set's last chunk has empty lanes.</summary>
    private const int RowUnit = 48;

    private const int MaximumRows = 10 * RowUnit;

    public int GroupRows => ChunkRows * ChunksPerGroup;

    /// <summary>The geometry for work that keeps <paramref name="numbersPerRow"/> numbers of each row of a chunk.</summary>
    public static ChunkGeometry For(int numbersPerRow)
    {
        int rows = Rows(numbersPerRow);
        return new ChunkGeometry(rows, (MinimumGroupRows + rows - 1) / rows);
    }

    /// <summary>
    /// The geometry for centered forms: rows, their differences from a mean and those scaled, beside the factor and the sums of one
    /// component.
    /// </summary>
    /// <param name="dimension">D.</param>
    /// <param name="largestGroup">Coordinates of the largest group.</param>
    /// <param name="components">K.</param>
    public static ChunkGeometry ForCentered(int dimension, int largestGroup, int components) =>
        For((3 * dimension) + (2 * largestGroup) + components);

    /// <summary>The same for work whose sums are few: groups of one chunk share even few rows out evenly.</summary>
    /// <param name="numbersPerRow">Numbers kept of each row of a chunk.</param>
    public static ChunkGeometry ForFewSums(int numbersPerRow) => new(Rows(numbersPerRow), 1);

    /// <summary>
    /// The same chunks, in groups whose results are few enough to be kept until it is their turn to be handed on. A group of fewer chunks
    /// changes no result of a row.
    /// </summary>
    /// <param name="resultsPerRow">Numbers that a row's results have, at least 1.</param>
    public ChunkGeometry ForResults(int resultsPerRow) =>
        this with { ChunksPerGroup = (int)Math.Clamp(ResultNumbers / ((long)ChunkRows * resultsPerRow), 1, ChunksPerGroup) };

    private static int Rows(int numbersPerRow) =>
        Math.Clamp(CacheNumbers / Math.Max(1, numbersPerRow), RowUnit, MaximumRows) / RowUnit * RowUnit;
}
