namespace GmmNative.Files.Detection;

/// <summary>Recognizes JSON and JSON lines.</summary>
internal static class JsonContents
{
    private const string Save = "save its numbers as .csv or .npy, for example with pandas.read_json";

    /// <summary>Recognizes JSON by its first bytes.</summary>
    public static ForeignFormat? Recognize(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> text = TextBytes.WithoutMark(head).TrimStart(" \t\r\n"u8);
        if (text.Length < 2 || !Starts(text) || !TextBytes.AreText(head, out _))
        {
            return null;
        }

        if (text.IndexOf("\"weights\""u8) >= 0 || text.IndexOf("\"covariance_type\""u8) >= 0)
        {
            return new ForeignFormat("a model (.json), not vectors", "give the model as MODEL, and the vectors as INPUT");
        }

        // In JSON lines, the first value ends on the first line and another value begins on the next.
        ReadOnlySpan<byte> rest = text;
        ReadOnlySpan<byte> line = TextBytes.NextLine(ref rest);
        ReadOnlySpan<byte> next = TextBytes.NextLine(ref rest);
        bool lines = line[^1] == line[0] + 2 && next.Length > 1 && next[0] == line[0];
        return lines ? new ForeignFormat("JSON lines", $"{Save}(..., lines=True)") : new ForeignFormat("JSON", Save);
    }

    private static bool Starts(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> second = text[1..].TrimStart(" \t\r\n"u8);
        return text[0] switch
        {
            (byte)'{' => second is [(byte)'"' or (byte)'}', ..],
            (byte)'[' => second is [(byte)'{' or (byte)'[' or (byte)'"' or (byte)'-' or (>= (byte)'0' and <= (byte)'9'), ..],
            _ => false,
        };
    }
}
