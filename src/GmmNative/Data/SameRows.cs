namespace GmmNative.Data;

/// <summary>
/// Checks that a pass read the same rows as the first pass: the same number, and all finite. Checking the sums is free; checking every row
/// again would not be.
/// </summary>
internal static class SameRows
{
    /// <summary>Throws if the source changed between passes.</summary>
    /// <param name="rows">The number of rows in this pass.</param>
    /// <param name="expected">The number of rows in the first pass.</param>
    /// <param name="sums">Sums that are finite if all rows are finite.</param>
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

    /// <summary>Creates the exception for a value that is not finite although the first pass found none.</summary>
    public static VectorDataException NotFinite() =>
        new("The source returned a value that is not finite, but the first pass found none: every pass must return the same rows.");

    /// <summary>Creates the exception for a different number of rows.</summary>
    public static VectorDataException OtherCount(long rows, long expected) =>
        new($"The source returned {rows} rows, but {expected} in the first pass: every pass must return the same rows.");
}
