using System.Globalization;
using GmmNative.Interop.Posix;

namespace GmmNative.Files.Output;

/// <summary>
/// The name of a file that is being written: <c>.gmm-HOST-PROCESS-START-NUMBER.tmp</c>. Hidden, short enough for any name that its target
/// can have, and it says whose it is, so that what a dead process left can be removed.
/// </summary>
/// <param name="Host">The machine.</param>
/// <param name="Process">The process.</param>
/// <param name="Number">Which of the process's files.</param>
internal readonly record struct TemporaryName(string Host, ProcessLife Process, long Number)
{
    private const string Prefix = ".gmm-";
    private const string Suffix = ".tmp";
    private const int LongestHost = 40;

    private static long s_last;

    /// <summary>This machine, in characters that need no care.</summary>
    public static string ThisHost { get; } =
        new([.. Environment.MachineName.Take(LongestHost).Select(c => char.IsAsciiLetterOrDigit(c) || c == '.' ? c : '_')]);

    /// <summary>What matches the names of this machine's files.</summary>
    public static string Pattern => $"{Prefix}{ThisHost}-*{Suffix}";

    /// <summary>A name that no other file of this machine has.</summary>
    public static TemporaryName Next() => new(ThisHost, ProcessLife.Current, Interlocked.Increment(ref s_last));

    /// <summary>Reads a name; <see langword="null"/> if it is none of these.</summary>
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
