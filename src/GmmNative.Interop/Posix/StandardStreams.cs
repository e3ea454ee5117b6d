namespace GmmNative.Interop.Posix;

/// <summary>
/// The three standard descriptors. If one was closed at startup, its number may now belong to a file of the runtime, because the system
/// assigns the lowest free number. Reading from it would wait forever, and writing to it would damage other data.
/// </summary>
internal static class StandardStreams
{
    /// <summary>Standard input.</summary>
    public const int Input = 0;

    /// <summary>Standard output.</summary>
    public const int Output = 1;

    /// <summary>Standard error.</summary>
    public const int Error = 2;

    /// <summary>
    /// Reserves the numbers of standard descriptors that were closed at startup, so that they are not assigned to files. A program must
    /// call this method before anything else.
    /// </summary>
    public static void Claim()
    {
        for (int descriptor = Input; OperatingSystem.IsLinux() && descriptor <= Error; descriptor++)
        {
            if (LibC.Control(descriptor, LibC.GetDescriptorFlags, 0) < 0)
            {
                // All lower numbers are in use, so the new descriptor gets this number.
                LibC.Open("/dev/null", LibC.OpenReadOnly | LibC.OpenCloseOnExec);
            }
        }
    }

    /// <summary>Whether a descriptor was closed at startup.</summary>
    public static bool IsClosed(int descriptor)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        // Inherited descriptors do not have the close-on-exec flag. All descriptors that the runtime opens have it.
        int flags = LibC.Control(descriptor, LibC.GetDescriptorFlags, 0);
        return flags < 0 || (flags & LibC.CloseOnExecFlag) != 0;
    }

    /// <summary>Opens standard input.</summary>
    public static Stream OpenToRead() => Console.OpenStandardInput();

    /// <summary>
    /// Opens a standard descriptor for writing at its current position. Disposing the stream leaves the descriptor open.
    /// </summary>
    /// <exception cref="IOException">The descriptor is closed, or open for reading only.</exception>
    public static Stream OpenToWrite(int descriptor)
    {
        if (IsClosed(descriptor))
        {
            throw new IOException("it is closed.");
        }

        if (!OperatingSystem.IsLinux())
        {
            return descriptor == Output ? Console.OpenStandardOutput() : Console.OpenStandardError();
        }

        int flags = LibC.Control(descriptor, LibC.GetStatusFlags, 0);
        return flags < 0 ? throw new IOException("it is closed.")
            : (flags & LibC.AccessModeMask) == LibC.OpenReadOnly ? throw new IOException("it is open for reading only.")
            : new DescriptorStream(descriptor);
    }
}
