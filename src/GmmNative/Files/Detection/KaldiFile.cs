using System.Text;
using GmmNative.Files.Options;

namespace GmmNative.Files.Detection;

/// <summary>Recognizes Kaldi archives: binary and text <c>.ark</c>, and lists of them, <c>.scp</c>.</summary>
internal static class KaldiFile
{
    private const int MaximumKeyLength = 1 << 10;

    // The types of matrices, vectors and integers, which follow a key in a binary archive.
    private static readonly string[] Types = ["FM ", "DM ", "CM ", "CM2 ", "CM3 ", "FV ", "DV ", "SM ", "DP ", "FP ", "\u0004"];

    /// <summary>Recognizes an archive by its first bytes.</summary>
    public static VectorFormat? Recognize(ReadOnlySpan<byte> head)
    {
        if (IsBinary(head))
        {
            return VectorFormat.KaldiArchive;
        }

        ReadOnlySpan<byte> rest = TextBytes.WithoutMark(head);
        ReadOnlySpan<byte> line = TextBytes.NextLine(ref rest);
        int blank = line.IndexOfAny((byte)' ', (byte)'\t');
        if (blank <= 0 || !TextBytes.AreText(head, out _))
        {
            return null;
        }

        ReadOnlySpan<byte> value = line[(blank + 1)..].TrimStart(" \t"u8);
        return IsMatrix(value) ? VectorFormat.KaldiText
            : IsPlace(value) ? VectorFormat.FileList
            : null;
    }

    // An opening bracket, followed by numbers or the end of the line.
    private static bool IsMatrix(ReadOnlySpan<byte> value)
    {
        if (value.Length == 0 || value[0] != (byte)'[')
        {
            return false;
        }

        ReadOnlySpan<byte> inside = value[1..].TrimStart(" \t"u8);
        return inside.Length == 0
            || (inside.Length < value.Length - 1 && inside[0] is (byte)'-' or (byte)'.' or (>= (byte)'0' and <= (byte)'9'));
    }

    // The name of an archive, optionally followed by an offset or a range of rows.
    private static bool IsPlace(ReadOnlySpan<byte> value)
    {
        int end = value.LastIndexOf(".ark"u8);
        if (end <= 0 || value.ContainsAny((byte)' ', (byte)'\t'))
        {
            return false;
        }

        ReadOnlySpan<byte> place = value[(end + 4)..];
        return place.Length == 0 || (place.Length > 1 && place[0] is (byte)':' or (byte)'[');
    }

    private static bool IsBinary(ReadOnlySpan<byte> head)
    {
        // A key, a space, NUL and B. A single matrix has neither key nor space.
        int mark = head[..Math.Min(head.Length, MaximumKeyLength)].IndexOf("\0B"u8);
        if (mark < 0 || (mark > 0 && (mark == 1 || head[mark - 1] != (byte)' '
            || head[..(mark - 1)].IndexOfAnyInRange((byte)0, (byte)' ') >= 0)))
        {
            return false;
        }

        string type = Encoding.Latin1.GetString(head.Slice(mark + 2, Math.Min(4, head.Length - mark - 2)));
        return Types.Any(known => type.StartsWith(known, StringComparison.Ordinal));
    }
}
