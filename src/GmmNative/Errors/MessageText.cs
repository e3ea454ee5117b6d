using System.Text;

namespace GmmNative.Errors;

/// <summary>Text of unknown origin made fit for a one-line message.</summary>
internal static class MessageText
{
    private const int LongestQuote = 40;

    /// <summary>Replaces line breaks and other control characters by blanks.</summary>
    public static string OneLine(string text)
    {
        if (!text.Any(char.IsControl))
        {
            return text;
        }

        return string.Create(text.Length, text, static (span, from) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                span[i] = char.IsControl(from[i]) ? ' ' : from[i];
            }
        });
    }

    /// <summary>A piece of a file in quotes, shortened.</summary>
    public static string Quote(ReadOnlySpan<byte> utf8)
    {
        // Four bytes a character at most, so that a field of megabytes is not decoded to show its first words.
        string text = Encoding.UTF8.GetString(utf8.Length > 4 * LongestQuote ? utf8[..(4 * LongestQuote)] : utf8);
        return Quote(text);
    }

    /// <summary>A piece of a file in quotes, shortened.</summary>
    public static string Quote(string text) => $"'{Shorten(text)}'";

    /// <summary>A piece of a file, shortened.</summary>
    public static string Shorten(string text) => OneLine(text.Length <= LongestQuote ? text : $"{text[..LongestQuote]}...");
}
