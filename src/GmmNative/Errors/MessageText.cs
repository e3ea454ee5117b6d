using System.Text;

namespace GmmNative.Errors;

/// <summary>Prepares text from files for one-line messages.</summary>
internal static class MessageText
{
    private const int MaximumQuoteLength = 40;

    /// <summary>Replaces line breaks and other control characters with spaces.</summary>
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

    /// <summary>Returns a part of a file in quotes, shortened.</summary>
    public static string Quote(ReadOnlySpan<byte> utf8)
    {
        // A character has at most four bytes. Cutting first avoids decoding a field of megabytes to show its first words.
        string text = Encoding.UTF8.GetString(utf8.Length > 4 * MaximumQuoteLength ? utf8[..(4 * MaximumQuoteLength)] : utf8);
        return Quote(text);
    }

    /// <summary>Returns a part of a file in quotes, shortened.</summary>
    public static string Quote(string text) => $"'{Shorten(text)}'";

    /// <summary>Returns a part of a file, shortened.</summary>
    public static string Shorten(string text) => OneLine(text.Length <= MaximumQuoteLength ? text : $"{text[..MaximumQuoteLength]}...");
}
