using System.Globalization;

namespace GmmNative.Files;

/// <summary>Reads comma- or tab-separated numbers into memory, one vector a line.</summary>
/// <remarks>
/// Written by hand rather than on a CSV library: such libraries hand out each field as a string (or at least decode the text to
/// UTF-16), which for a file of hundreds of megabytes costs several times the parsing of the numbers. Here fields are slices of
/// the bytes read, and the numbers are parsed in place.
/// </remarks>
internal sealed class DelimitedText
{
    private readonly LineReader _lines;
    private readonly LineMap _lineOfRow = new();
    private readonly string _name;
    private byte _delimiter;
    private long _firstLine;
    private RowStore? _rows;

    private DelimitedText(Stream stream, string name, byte delimiter)
    {
        _lines = new LineReader(stream);
        _name = name;
        _delimiter = delimiter;
    }

    /// <summary>Reads a whole text.</summary>
    /// <param name="stream">The text; not disposed.</param>
    /// <param name="name">The file's name for people.</param>
    /// <param name="delimiter">The delimiter, or <see langword="null"/> to tell it from the first line: semicolon, tab or comma.</param>
    /// <exception cref="FileProblemException">The text is no table of numbers.</exception>
    public static LoadedVectorSource Read(Stream stream, string name, char? delimiter) =>
        new DelimitedText(stream, name, (byte)(delimiter ?? '\0')).ReadAll();

    private LoadedVectorSource ReadAll()
    {
        while (_lines.TryRead(out ReadOnlySpan<byte> line))
        {
            ReadOnlySpan<byte> text = line.TrimStart(" \t"u8);
            if (text.Length == 0 || text[0] == (byte)'#')
            {
                continue;
            }

            if (_rows is null)
            {
                ReadFirst(line);
            }
            else
            {
                ReadRow(line, _rows);
            }
        }

        if (_rows is null || _rows.Count == 0)
        {
            throw new FileProblemException(_rows is null ? "there are no rows in it." : "there is a header, but no rows below it.");
        }

        return new LoadedVectorSource(_rows, _name, _lineOfRow);
    }

    private void ReadFirst(ReadOnlySpan<byte> line)
    {
        if (_delimiter == 0)
        {
            _delimiter = FindDelimiter(line);
        }

        int count = 0;
        bool hasWord = false;
        bool hasNumber = false;
        FieldSplitter fields = new(line, _delimiter);
        while (MoveNext(ref fields))
        {
            count++;
            FieldKind kind = FieldNumber.Parse(fields.Current, out _);
            hasWord |= kind == FieldKind.Word;
            hasNumber |= kind == FieldKind.Number;
        }

        _firstLine = _lines.LineNumber;
        _rows = new RowStore(count);

        // A line of words is a header. One with numbers too is a row with a mistake: to skip it would lose the row without a word.
        if (!hasWord || hasNumber)
        {
            ReadRow(line, _rows);
        }
    }

    private void ReadRow(ReadOnlySpan<byte> line, RowStore rows)
    {
        _lineOfRow.Add(rows.Count, _lines.LineNumber);
        Span<double> row = rows.AddRow();
        int count = 0;
        FieldSplitter fields = new(line, _delimiter);
        while (MoveNext(ref fields))
        {
            if (count < row.Length)
            {
                FieldKind kind = FieldNumber.Parse(fields.Current, out row[count]);
                if (kind != FieldKind.Number)
                {
                    throw BadField(kind, fields.Current, count + 1);
                }
            }

            count++;
        }

        if (count != row.Length)
        {
            throw new FileProblemException(
                string.Create(CultureInfo.InvariantCulture, $"found {Fields(count)}, but expected {row.Length} as on line {_firstLine}."), Line);
        }
    }

    private bool MoveNext(ref FieldSplitter fields)
    {
        try
        {
            return fields.MoveNext();
        }
        catch (FileProblemException e) when (e.Place is null)
        {
            throw new FileProblemException(e.Message, Line, e);
        }
    }

    private string Line => $"line {_lines.LineNumber}";

    private FileProblemException BadField(FieldKind kind, ReadOnlySpan<byte> field, int column)
    {
        string problem = kind switch
        {
            FieldKind.Empty => "missing value; fill it in or leave out the line.",
            FieldKind.TooLarge => $"{MessageText.Quote(field)} is too large for a 64-bit floating-point number.",
            _ when field.Contains((byte)',') => $"{MessageText.Quote(field)} is not a number; decimals are written with a point.",
            _ => $"{MessageText.Quote(field)} is not a number.",
        };
        return new FileProblemException(problem, $"{Line}, column {column}");
    }

    private static string Fields(int count) => count == 1 ? "1 field" : $"{count} fields";

    // A semicolon outside quotes before a comma: beside it, commas are decimal commas or part of a name.
    private static byte FindDelimiter(ReadOnlySpan<byte> line)
    {
        bool quoted = false;
        bool semicolon = false;
        bool tab = false;
        foreach (byte character in line)
        {
            quoted ^= character == (byte)'"';
            semicolon |= !quoted && character == (byte)';';
            tab |= !quoted && character == (byte)'\t';
        }

        return (byte)(semicolon ? ';' : tab && !line.Contains((byte)',') ? '\t' : ',');
    }
}
