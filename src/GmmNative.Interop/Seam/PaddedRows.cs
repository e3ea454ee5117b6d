namespace GmmNative.Interop.Seam;

/// <summary>The best distance between the rows of a row-major matrix for <see cref="IDenseOperations{T}.AddSymmetricProduct"/>.</summary>
internal static class PaddedRows
{
    /// <summary>
    /// Returns a leading dimension for rows of <paramref name="n"/> elements, at least n. Rows are whole vectors and never a multiple of 32
    /// elements, because rows a multiple of 4096 bytes apart would share the same few sets of the first-level cache. A matrix of k rows
    /// should have memory for k times as many elements, so that the last row can also be read in whole vectors. The elements beyond the
    /// n-th of a row may have any values.
    /// </summary>
    /// <param name="n">The number of elements per row, not negative.</param>
    public static int Stride(int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        int whole = checked((n + 15) / 16 * 16);
        return whole % 32 == 0 ? whole + 16 : whole;
    }
}
