namespace GmmNative.Interop.Posix;

/// <summary>
/// Detects a limit of open files (<c>ulimit -n</c>) that is too low for the runtime to load the assemblies of the program. The exceptions
/// of the runtime do not name the cause. This class uses only code that is loaded at startup.
/// </summary>
internal static class DescriptorLimit
{
    private const int OpenFiles = 7;
    private const ulong Ample = 256;
    private const int Spare = 8;

    /// <summary>Returns the limit if almost all descriptors are in use; otherwise 0.</summary>
    public static unsafe int Reached()
    {
        ulong* limits = stackalloc ulong[2];
        if (!OperatingSystem.IsLinux() || LibC.GetLimit(OpenFiles, limits) != 0 || limits[0] > Ample)
        {
            return 0;
        }

        int limit = (int)limits[0];
        int free = 0;
        for (int descriptor = 0; descriptor < limit; descriptor++)
        {
            free += LibC.Control(descriptor, LibC.GetDescriptorFlags, 0) < 0 ? 1 : 0;
        }

        return free <= Spare ? limit : 0;
    }

    /// <summary>Reports on standard error that the limit is too low.</summary>
    public static unsafe void Report(int limit)
    {
        string line = string.Concat("gmm: only ", limit.ToString(), " files may be open (ulimit -n), which is too few: allow 256.\n");
        byte* bytes = stackalloc byte[line.Length];
        for (int i = 0; i < line.Length; i++)
        {
            bytes[i] = (byte)line[i];
        }

        if (!StandardStreams.IsClosed(StandardStreams.Error))
        {
            LibC.Write(StandardStreams.Error, bytes, line.Length);
        }
    }
}
