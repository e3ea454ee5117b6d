using GmmNative.Errors;

namespace GmmNative.Files;

/// <summary>The available memory: the limit of .NET if one is set, otherwise the memory of the container or the machine.</summary>
internal static class AvailableMemory
{
    /// <summary>Throws if there is not enough memory. Called before allocating.</summary>
    /// <param name="bytes">The total number of bytes needed.</param>
    /// <param name="what">The purpose of the memory, for the message.</param>
    /// <exception cref="FileProblemException">There is not enough memory.</exception>
    public static void Require(double bytes, string what)
    {
        double available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (bytes > available)
        {
            throw new FileProblemException(FormattableString.Invariant(
                $"{what} needs {bytes / 1e9:F2} GB of memory, but only {available / 1e9:F2} GB are available."));
        }
    }
}
