using GmmNative.Errors;

namespace GmmNative.Files;

/// <summary>The memory that there is: .NET's limit where it has one, else that of the container or the machine.</summary>
internal static class AvailableMemory
{
    /// <summary>Checks that memory is there before it is taken.</summary>
    /// <param name="bytes">How much will be needed in all.</param>
    /// <param name="what">What it is needed for.</param>
    /// <exception cref="FileProblemException">It is not.</exception>
    public static void Require(double bytes, string what)
    {
        double available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (bytes > available)
        {
            throw new FileProblemException(FormattableString.Invariant(
                $"{what} needs {bytes / 1e9:F2} GB of memory, but there are {available / 1e9:F2} GB."));
        }
    }
}
