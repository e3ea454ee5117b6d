using System.Buffers;
using System.Text.Json;

namespace GmmNative.Files.Json;

/// <summary>Copies JSON text from a reader, without blanks and comments.</summary>
internal static class JsonText
{
    /// <summary>Copies a value without its blanks and comments.</summary>
    /// <param name="reader">The reader, at the first token of the value. Afterwards it is at the last token.</param>
    /// <param name="text">Receives the text.</param>
    public static void CopyValue(ref Utf8JsonReader reader, Stream text)
    {
        int depth = 0;
        bool isFirst = true;
        do
        {
            JsonTokenType type = reader.TokenType;
            if (type == JsonTokenType.Comment)
            {
                continue;
            }

            bool isEnd = type is JsonTokenType.EndObject or JsonTokenType.EndArray;
            if (!isEnd && !isFirst)
            {
                text.WriteByte((byte)',');
            }

            Copy(ref reader, text);
            depth += isEnd ? -1 : type is JsonTokenType.StartObject or JsonTokenType.StartArray ? 1 : 0;
            isFirst = type is JsonTokenType.StartObject or JsonTokenType.StartArray or JsonTokenType.PropertyName;
        }
        while (depth > 0 && reader.Read());
    }

    /// <summary>Removes the blanks from JSON text, in place.</summary>
    /// <returns>The text without blanks.</returns>
    public static ReadOnlySpan<byte> Compact(Span<byte> text)
    {
        int length = 0;
        bool isInside = false;
        bool isEscaped = false;
        foreach (byte value in text)
        {
            if (isInside)
            {
                isInside = isEscaped || value != (byte)'"';
                isEscaped = !isEscaped && value == (byte)'\\';
            }
            else if (value is (byte)' ' or (byte)'\n')
            {
                continue;
            }
            else
            {
                isInside = value == (byte)'"';
            }

            text[length++] = value;
        }

        return text[..length];
    }

    private static void Copy(ref Utf8JsonReader reader, Stream text)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                CopyBetween(ref reader, text, "\""u8, "\":"u8);
                break;
            case JsonTokenType.String:
                CopyBetween(ref reader, text, "\""u8, "\""u8);
                break;
            default:
                CopyBetween(ref reader, text, [], []);
                break;
        }
    }

    private static void CopyBetween(ref Utf8JsonReader reader, Stream text, ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        text.Write(before);
        if (reader.HasValueSequence)
        {
            foreach (ReadOnlyMemory<byte> part in reader.ValueSequence)
            {
                text.Write(part.Span);
            }
        }
        else
        {
            text.Write(reader.ValueSpan);
        }

        text.Write(after);
    }
}
