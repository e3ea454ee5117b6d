using System.Text;
using System.Text.RegularExpressions;

namespace GmmNative.Files;

/// <summary>Recognises Kaldi's archives: binary and text <c>.ark</c>, and lists of them, <c>.scp</c>.</summary>
internal static partial class KaldiFile
{
    private const string Advice = "a later version will read it; for now save its matrices as one .npy, or as text without their keys";
    private const int LongestKey = 1 << 10;

    // What follows a key in a binary archive: the types of matrices and vectors.
    private static readonly string[] Types = ["FM ", "DM ", "CM ", "CM2 ", "CM3 ", "FV ", "DV ", "SM ", "DP ", "FP "];

    /// <summary>Recognises an archive by its first bytes.</summary>
    public static ForeignFormat? Recognise(ReadOnlySpan<byte> head)
    {
        if (IsBinary(head))
        {
            return new ForeignFormat("a Kaldi archive (.ark)", Advice);
        }

        ReadOnlySpan<byte> rest = TextBytes.WithoutMark(head);
        string line = Encoding.Latin1.GetString(TextBytes.NextLine(ref rest));
        return TextArchive().IsMatch(line) && TextBytes.AreText(head, out _) ? new ForeignFormat("a Kaldi archive in text (.ark)", Advice)
            : ListLine().IsMatch(line) && TextBytes.AreText(head, out _) ? new ForeignFormat("a list of Kaldi archives (.scp)", Advice)
            : null;
    }

    private static bool IsBinary(ReadOnlySpan<byte> head)
    {
        // A key, a blank, NUL and B; a single matrix has neither key nor blank.
        int mark = head[..Math.Min(head.Length, LongestKey)].IndexOf("\0B"u8);
        if (mark < 0 || (mark > 0 && (mark == 1 || head[mark - 1] != (byte)' ' || head[..(mark - 1)].IndexOfAnyInRange((byte)0, (byte)' ') >= 0)))
        {
            return false;
        }

        string type = Encoding.Latin1.GetString(head.Slice(mark + 2, Math.Min(4, head.Length - mark - 2)));
        return Types.Any(known => type.StartsWith(known, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^\S+[ \t]+\[[ \t]*(\s-?[0-9.]|$)")]
    private static partial Regex TextArchive();

    [GeneratedRegex(@"^\S+[ \t]+\S+\.ark(:[0-9]+)?(\[.*\])?$")]
    private static partial Regex ListLine();
}
