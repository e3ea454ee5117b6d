using System.Globalization;

namespace GmmNative.Interop.Posix;

/// <summary>What .NET does not say of a process's signals, and an end that waits for nothing.</summary>
internal static class ProcessSignals
{
    /// <summary>The number of SIGHUP, a terminal that went away.</summary>
    public const int HangUp = 1;

    private const int FileTooLarge = 25;
    private const nint Ignore = 1;

    /// <summary>
    /// Whether the program was started with a signal ignored, as <c>nohup</c> does. To be asked before .NET has registered for it.
    /// </summary>
    public static bool IsIgnored(int signal)
    {
        const string Field = "SigIgn:";
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        string? line = File.ReadLines("/proc/self/status").FirstOrDefault(l => l.StartsWith(Field, StringComparison.Ordinal));
        return line is not null
            && ulong.TryParse(line.AsSpan(Field.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong mask)
            && (mask >> (signal - 1) & 1) != 0;
    }

    /// <summary>Makes a file that grows beyond what the user may have an error of its write instead of the program's end.</summary>
    public static void IgnoreFileTooLarge()
    {
        if (OperatingSystem.IsLinux())
        {
            LibC.Signal(FileTooLarge, Ignore);
        }
    }

    /// <summary>
    /// Ends the process with this exit code, now. Other threads may be inside a native library, whose own end would take away the memory
    /// that they work on.
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
