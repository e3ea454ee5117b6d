using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace GmmNative.Interop.Posix;

/// <summary>Identifies a process by its number and start time, because numbers are reused.</summary>
/// <param name="Id">The process number.</param>
/// <param name="Start">The start time: on Linux in kernel ticks since boot, on other systems in .NET ticks.</param>
internal readonly record struct ProcessLife(int Id, long Start)
{
    /// <summary>This process.</summary>
    public static ProcessLife Current { get; } = new(Environment.ProcessId, StartOf(Environment.ProcessId) ?? 0);

    /// <summary>Whether the process is still running, or may be, if that cannot be determined.</summary>
    public bool MayLive => StartOf(Id) is { } start && (start == Start || start == Unknown);

    private const long Unknown = -1;

    private static long? StartOf(int id)
    {
        try
        {
            if (!OperatingSystem.IsLinux())
            {
                using Process process = Process.GetProcessById(id);
                return process.StartTime.Ticks;
            }

            // The second field, a name in parentheses, may contain any characters. The start time is the twentieth field after it.
            string line = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
            string[] fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
            return long.Parse(fields[19], CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or ArgumentException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException or Win32Exception)
        {
            return Unknown;
        }
    }
}
