using System.Globalization;

namespace GmmNative.Interop.Posix;

/// <summary>Signal functions that .NET does not provide, and an immediate exit.</summary>
internal static class ProcessSignals
{
    /// <summary>The number of SIGHUP, which signals a closed terminal.</summary>
    public const int HangUp = 1;

    private const int FileTooLarge = 25;
    private const nint Ignore = 1;

    /// <summary>
    /// Whether a signal was ignored when the program was started, as under <c>nohup</c>. Must be called before .NET registers for the
    /// signal.
    /// </summary>
    public static bool IsIgnored(int signal)
    {
        const string Status = "/proc/self/status";
        const string Field = "SigIgn:";

        // In a bare chroot, /proc is not mounted. The signals are handled then.
        if (!File.Exists(Status))
        {
            return false;
        }

        string? line = File.ReadLines(Status).FirstOrDefault(l => l.StartsWith(Field, StringComparison.Ordinal));
        return line is not null
            && ulong.TryParse(line.AsSpan(Field.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong mask)
            && (mask >> (signal - 1) & 1) != 0;
    }

    /// <summary>Ignores SIGXFSZ, so that exceeding the file size limit is an error of the write instead of ending the program.</summary>
    public static void IgnoreFileTooLarge()
    {
        if (OperatingSystem.IsLinux())
        {
            LibC.Signal(FileTooLarge, Ignore);
        }
    }

    /// <summary>
    /// Ends the process immediately, without running exit handlers. Other threads may be inside a native library whose exit handler would
    /// free the memory that they use.
    /// </summary>
    public static void ExitNow(int code)
    {
        if (OperatingSystem.IsLinux())
        {
            LibC.Exit(code);
        }

        Environment.Exit(code);
    }
}
