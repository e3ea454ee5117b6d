namespace GmmNative.Data;

/// <summary>
/// Whether a pass met the rows that the first one summed up: as many, and all finite. Looking at sums costs nothing; looking at rows again
/// would.
/// </summary>
internal static class SameRows
{
    /// <summary>Throws for a source that changed between passes.</summary>
    /// <param name="rows">Rows of this pass.</param>
    /// <param name="expected">Rows of the first.</param>
    /// <param name="sums">Sums that are finite when all rows are.</param>
    /// <exception cref="VectorDataException">The source changed.</exception>
    public static void Check(long rows, long expected, ReadOnlySpan<double> sums)
    {
        if (rows != expected)
        {
            throw OtherCount(rows, expected);
        }

        if (FiniteCheck.IndexOfNonFinite(sums) >= 0)
        {
            throw NotFinite();
        }
    }

    /// <summary>The exception for a value that is not finite where all were.</summary>
    public static VectorDataException NotFinite() =>
        new("The source gave a value that is not finite where it gave none before: it must give the same rows every time.");

    /// <summary>The exception for another number of rows.</summary>
    public static VectorDataException OtherCount(long rows, long expected) =>
        new($"The source gave {rows} rows where it gave {expected} before: it must give the same rows every time.");
}
