namespace GmmNative.Cli.Training;

/// <summary>Compares the memory that a training needs with the memory of the machine.</summary>
internal static class MemoryCheck
{
    /// <summary>Throws if a training does not fit in memory.</summary>
    /// <param name="more">The number of bytes that the training needs in addition to the memory in use.</param>
    /// <param name="componentCount">K.</param>
    /// <exception cref="GmmException">The training does not fit.</exception>
    public static void Require(double more, int componentCount)
    {
        double available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

        // The memory in use now holds the rows, if they were read into memory, and the given models. Only if that does not fit is the
        // garbage of reading collected first.
        if (more + GC.GetTotalMemory(forceFullCollection: false) <= available)
        {
            return;
        }

        double needed = more + GC.GetTotalMemory(forceFullCollection: true);
        if (needed > available)
        {
            throw new GmmException(FormattableString.Invariant(
                $"-k {componentCount}: this training needs about {needed / 1e9:F2} GB of memory, but only {available / 1e9:F2} GB are ")
                + "available; "
                + "use fewer components, fewer threads (--threads) or fewer covariances (--covariance, --block-size).");
        }
    }
}
