using GmmNative.Errors;
using GmmNative.Files.Options;

namespace GmmNative.Files.Text;

/// <summary>Determines the separator of the fields of a text.</summary>
internal static class TextDelimiter
{
    private const byte Comma = (byte)',';
    private const byte Semicolon = (byte)';';
    private const byte Tab = (byte)'\t';

    /// <summary>Determines the delimiter.</summary>
    /// <param name="format">A format of text.</param>
    /// <param name="first">The first line that is neither empty nor a comment.</param>
    /// <param name="second">The second such line, or empty.</param>
    /// <exception cref="FileProblemException">The lines have a separator that the format does not allow. The exception has no
    /// location.</exception>
    public static byte Find(VectorFormat format, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        switch (format)
        {
            case VectorFormat.Blanks:
                return FieldSplitter.Blanks;
            case VectorFormat.AnyText:
                return OfAnyText(first);
            case VectorFormat.Tsv:
                CheckSeparated(first, second, "tabs", Tab);
                return Tab;
            default:
                CheckSeparated(first, second, "commas", Comma, Semicolon, Tab);
                return OfTable(first);
        }
    }

    // A semicolon outside quotes takes precedence over a comma: beside semicolons, commas are decimal commas or part of a name.
    private static byte OfTable(ReadOnlySpan<byte> line) =>
        HasOutsideQuotes(line, Semicolon) ? Semicolon : HasOutsideQuotes(line, Tab) && !line.Contains(Comma) ? Tab : Comma;

    // Commas between digits in fields separated by blanks are decimal commas. Reading them as such gives the most helpful error.
    private static byte OfAnyText(ReadOnlySpan<byte> line)
    {
        if (HasOutsideQuotes(line, Semicolon))
        {
            return Semicolon;
        }

        if (!HasOutsideQuotes(line, Comma))
        {
            return FieldSplitter.Blanks;
        }

        int fields = 0;
        FieldSplitter splitter = new(line, FieldSplitter.Blanks);
        while (splitter.MoveNext())
        {
            fields++;
            if (!IsDecimalComma(splitter.Current))
            {
                return Comma;
            }
        }

        return fields > 1 ? FieldSplitter.Blanks : Comma;
    }

    /// <summary>Whether a field is a number with a decimal comma.</summary>
    public static bool IsDecimalComma(ReadOnlySpan<byte> field)
    {
        int comma = field.IndexOf(Comma);
        return comma > 0 && comma == field.LastIndexOf(Comma) && comma < field.Length - 1
            && char.IsAsciiDigit((char)field[comma - 1]) && char.IsAsciiDigit((char)field[comma + 1])
                && field.IndexOfAnyInRange((byte)'A', (byte)'z') < 0;
    }

    private static void CheckSeparated(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, string expected,
        params ReadOnlySpan<byte> delimiters)
    {
        foreach (byte delimiter in delimiters)
        {
            if (HasOutsideQuotes(first, delimiter) || HasOutsideQuotes(second, delimiter))
            {
                return;
            }
        }

        if (AreNumbers(first, FieldSplitter.Blanks) || AreNumbers(second, FieldSplitter.Blanks))
        {
            throw new FileProblemException($"its fields are separated by blanks, not by {expected}: give --format txt.");
        }

        foreach (byte other in (ReadOnlySpan<byte>)[Semicolon, Comma])
        {
            if (AreNumbers(first, other) || AreNumbers(second, other))
            {
                throw new FileProblemException(
                    $"its fields are separated by {(other == Comma ? "commas" : "semicolons")}, not by {expected}: give --format csv.");
            }
        }
    }

    private static bool AreNumbers(ReadOnlySpan<byte> line, byte delimiter)
    {
        int numbers = 0;
        FieldSplitter splitter = new(line, delimiter);
        while (line.Length > 0 && splitter.MoveNext())
        {
            if (FieldNumber.Parse(splitter.Current, out _) != FieldKind.Number)
            {
                return false;
            }

            numbers++;
        }

        return numbers > 1;
    }

    private static bool HasOutsideQuotes(ReadOnlySpan<byte> line, byte delimiter)
    {
        bool quoted = false;
        foreach (byte character in line)
        {
            quoted ^= character == (byte)'"';
            if (!quoted && character == delimiter)
            {
                return true;
            }
        }

        return false;
    }
}
