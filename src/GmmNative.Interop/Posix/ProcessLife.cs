using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace GmmNative.Interop.Posix;

/// <summary>One life of a process number: numbers are given again, starts are not.</summary>
/// <param name="Id">The process's number.</param>
/// <param name="Start">When it began: on Linux in the kernel's ticks since the system's start, elsewhere in .NET's ticks.</param>
internal readonly record struct ProcessLife(int Id, long Start)
{
    /// <summary>This process.</summary>
    public static ProcessLife Current { get; } = new(Environment.ProcessId, StartOf(Environment.ProcessId) ?? 0);

    /// <summary>Whether that process still lives; also when that cannot be found out.</summary>
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

            // The second field, a name in brackets, may hold anything; the start is the twentieth behind it.
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
