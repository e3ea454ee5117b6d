using System.Globalization;
using GmmNative.Interop.Posix;

namespace GmmNative.Files.Output;

/// <summary>
/// The name of a temporary file: <c>.gmm-HOST-PROCESS-START-NUMBER.tmp</c>. It is hidden, short enough for every file system, and
/// identifies its process, so that the leftovers of ended processes can be removed.
/// </summary>
/// <param name="Host">The machine.</param>
/// <param name="Process">The process.</param>
/// <param name="Number">The number of the file within the process.</param>
internal readonly record struct TemporaryName(string Host, ProcessLife Process, long Number)
{
    private const string Prefix = ".gmm-";
    private const string Suffix = ".tmp";
    private const int MaximumHostLength = 40;

    private static long s_last;

    /// <summary>The name of this machine, with all special characters replaced.</summary>
    public static string ThisHost { get; } =
        new([.. Environment.MachineName.Take(MaximumHostLength).Select(c => char.IsAsciiLetterOrDigit(c) || c == '.' ? c : '_')]);

    /// <summary>The search pattern for the temporary files of this machine.</summary>
    public static string Pattern => $"{Prefix}{ThisHost}-*{Suffix}";

    /// <summary>Returns a name that is unique on this machine.</summary>
    public static TemporaryName Next() => new(ThisHost, ProcessLife.Current, Interlocked.Increment(ref s_last));

    /// <summary>Parses a name. Returns <see langword="null"/> if it is not the name of a temporary file.</summary>
    public static TemporaryName? Parse(string name)
    {
        if (!name.StartsWith(Prefix, StringComparison.Ordinal) || !name.EndsWith(Suffix, StringComparison.Ordinal)
            || name.Length < Prefix.Length + Suffix.Length)
        {
            return null;
        }

        string[] parts = name[Prefix.Length..^Suffix.Length].Split('-');
        return parts.Length == 4
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int id)
            && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out long start)
            && long.TryParse(parts[3], NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? new TemporaryName(parts[0], new ProcessLife(id, start), number)
            : null;
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Host}-{Process.Id}-{Process.Start}-{Number}{Suffix}");
}
