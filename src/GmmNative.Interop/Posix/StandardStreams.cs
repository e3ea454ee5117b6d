namespace GmmNative.Interop.Posix;

/// <summary>
/// The three descriptors that a program is started with. One that was closed may by now be the runtime's own, since the system hands out
/// the lowest number that is free: reading from it would wait for ever, writing to it would damage who knows what.
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
    /// Keeps the numbers of those that were closed when the program was started from being given to a file. For programs, first of all.
    /// </summary>
    public static void Claim()
    {
        for (int descriptor = Input; OperatingSystem.IsLinux() && descriptor <= Error; descriptor++)
        {
            if (LibC.Control(descriptor, LibC.GetDescriptorFlags, 0) < 0)
            {
                // All lower ones are taken: it gets this number.
                LibC.Open("/dev/null", LibC.OpenReadOnly | LibC.OpenCloseOnExec);
            }
        }
    }

    /// <summary>Whether a descriptor was closed when the program was started.</summary>
    public static bool IsClosed(int descriptor)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        // What a program inherits is not marked to be closed when it starts another; what the runtime opens for itself is.
        int flags = LibC.Control(descriptor, LibC.GetDescriptorFlags, 0);
        return flags < 0 || (flags & LibC.CloseOnExecFlag) != 0;
    }

    /// <summary>Opens standard input.</summary>
    public static Stream OpenToRead() => Console.OpenStandardInput();

    /// <summary>
    /// Opens a descriptor that this program was started with, to write to it where it stands. Disposing the stream leaves it open.
    /// </summary>
    /// <exception cref="IOException">It is closed, or open for reading only.</exception>
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
