using System.Text;

namespace GmmNative.Files.Detection;

/// <summary>Determines whether bytes are text.</summary>
internal static class TextBytes
{
    // The probability that this many bytes of numbers are all text characters is below 1e-13 for 32-bit fractions, and lower for others.
    private const int CertainLength = 64;

    // Text in an old encoding of another alphabet has some bytes that are not UTF-8. In numbers, every second or third byte is not.
    private const int MinimumBytesPerInvalidByte = 20;

    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    /// <summary>Returns text without its byte order mark.</summary>
    public static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> text) => text.StartsWith(Mark) ? text[Mark.Length..] : text;

    /// <summary>Determines whether bytes can be text, and whether they can be anything else.</summary>
    /// <param name="head">The first bytes of a file.</param>
    /// <param name="certain">Receives whether there are enough bytes to exclude numbers that look like text.</param>
    public static bool AreText(ReadOnlySpan<byte> head, out bool certain)
    {
        certain = head.Length >= CertainLength || head.StartsWith(Mark);
        ReadOnlySpan<byte> rest = WithoutMark(head);
        int strange = 0;
        while (rest.Length > 0)
        {
            if (rest[0] < 0x80)
            {
                if (rest[0] is < 0x20 and not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f') or 0x7F)
                {
                    return false;
                }

                rest = rest[1..];
                continue;
            }

            // The last character may be incomplete, because the input was cut there.
            System.Buffers.OperationStatus status = Rune.DecodeFromUtf8(rest, out _, out int length);
            strange += status == System.Buffers.OperationStatus.InvalidData ? 1 : 0;
            rest = rest[length..];
        }

        return head.Length > 0 && strange * MinimumBytesPerInvalidByte <= head.Length;
    }

    /// <summary>Returns the next line that is neither empty nor a comment, or an empty span at the end.</summary>
    /// <param name="text">Text that starts at a line; receives the text after that line.</param>
    public static ReadOnlySpan<byte> NextLine(ref ReadOnlySpan<byte> text)
    {
        while (text.Length > 0)
        {
            int end = text.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = (end < 0 ? text : text[..end]).Trim(" \t\r"u8);
            text = end < 0 ? default : text[(end + 1)..];
            if (line.Length > 0 && line[0] != (byte)'#')
            {
                return line;
            }
        }

        return default;
    }
}
