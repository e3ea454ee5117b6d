namespace GmmNative.Interop.Seam;

/// <summary>How far apart rows of a row-major matrix best lie for <see cref="IDenseOperations{T}.AddSymmetricProduct"/>.</summary>
internal static class PaddedRows
{
    /// <summary>
    /// A leading dimension for rows of <paramref name="n"/> elements, at least n: whole vectors, and never a multiple of 32, for rows a
    /// multiple of 4096 bytes apart would share the same few sets of the first-level cache. A matrix of k rows should have room for k times
    /// as many elements, so that the last row can be read in whole vectors too; what lies beyond the n-th element of a row may be anything.
    /// </summary>
    /// <param name="n">Elements of a row, not negative.</param>
    public static int Stride(int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        int whole = checked((n + 15) / 16 * 16);
        return whole % 32 == 0 ? whole + 16 : whole;
    }
}
