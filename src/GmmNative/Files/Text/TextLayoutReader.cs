using System.Globalization;
using System.Text;
using GmmNative.Errors;

namespace GmmNative.Files.Text;

/// <summary>Determines the layout of a text from its first two lines.</summary>
/// <param name="header">Whether the first line is a header.</param>
/// <param name="acceptsMissing">Whether NA and null are missing values, not words.</param>
/// <param name="notice">Receives notes for the user.</param>
internal sealed class TextLayoutReader(HeaderRow header, bool acceptsMissing, Action<string> notice)
{
    // The name that pandas gives to a column without a name.
    private const string PandasUnnamed = "Unnamed: 0";

    /// <summary>Determines the layout.</summary>
    /// <param name="first">The first line that is neither empty nor a comment.</param>
    /// <param name="second">The second such line, or empty.</param>
    /// <param name="delimiter">The separator of the fields.</param>
    /// <exception cref="FileProblemException">A quote is not closed. The exception has no location.</exception>
    public TextLayout Read(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, byte delimiter)
    {
        int count = 0;
        bool hasWord = false;
        bool hasNumber = false;
        FieldSplitter splitter = new(first, delimiter);
        while (splitter.MoveNext())
        {
            count++;
            FieldKind kind = FieldNumber.Parse(splitter.Current, out _);
            hasWord |= kind == FieldKind.Word && !(acceptsMissing && FieldNumber.IsMissing(kind, splitter.Current));
            hasNumber |= kind is FieldKind.Number or FieldKind.TooLarge || TextDelimiter.IsDecimalComma(splitter.Current);
        }

        if (count > DelimitedText.MaximumColumns)
        {
            throw new FileProblemException($"there are {count} fields, but a row has at most {DelimitedText.MaximumColumns}.");
        }

        List<string> fields = ReadNames(first, delimiter);
        bool unnamedFirst = fields.Count > 1 && fields[0] is "" or PandasUnnamed;
        bool countsUp = CountsUp(fields, unnamedFirst ? 1 : 0);
        bool isHeader = header switch
        {
            HeaderRow.Yes => true,
            HeaderRow.No => false,
            _ => (hasWord && !hasNumber) || (countsUp && (unnamedFirst || HasFractions(second, delimiter))),
        };
        if (!isHeader)
        {
            return new TextLayout(delimiter, count, HasHeader: false, HasIndex: false, null, hasWord && hasNumber);
        }

        if (countsUp && header == HeaderRow.Auto)
        {
            notice($"the first line counts the columns from 0 to {fields[^1]} and is read as a header; give --header no if it is a row.");
        }

        return WithHeader(fields, second, delimiter, countsUp);
    }

    private TextLayout WithHeader(List<string> fields, ReadOnlySpan<byte> second, byte delimiter, bool countsUp)
    {
        int inRow = CountFields(second, delimiter, out bool endsEmpty);
        bool isShort = inRow == fields.Count + 1 && !endsEmpty;
        bool unnamedFirst = !isShort && fields.Count > 1 && fields[0] is "" or PandasUnnamed && !fields.Skip(1).Contains("");
        if (isShort)
        {
            notice(
                "the header has one name fewer than the rows have fields: the first field of each row is treated as an index and left "
                + "out.");
        }
        else if (unnamedFirst)
        {
            notice("the first column has no name: it is treated as an index and left out.");
        }

        List<string> names = unnamedFirst ? fields[1..] : fields;
        if (names.Any(name => name.Contains('\0', StringComparison.Ordinal)))
        {
            throw new FileProblemException("a name in the header contains a zero byte.");
        }

        return new TextLayout(
            delimiter,
            isShort ? inRow : fields.Count,
            HasHeader: true,
            isShort || unnamedFirst,
            countsUp ? null : names,
            MixesWords: false);
    }

    private static List<string> ReadNames(ReadOnlySpan<byte> line, byte delimiter)
    {
        List<string> names = [];
        FieldSplitter splitter = new(line, delimiter);
        while (splitter.MoveNext())
        {
            names.Add(Encoding.UTF8.GetString(splitter.Current).Replace("\"\"", "\"", StringComparison.Ordinal));
        }

        return names;
    }

    // Exactly 0, 1, ..., D - 1: the header that programs write for columns without names. A single 0 is not conclusive.
    private static bool CountsUp(List<string> fields, int start)
    {
        for (int i = start; i < fields.Count; i++)
        {
            if (fields[i] != (i - start).ToString(CultureInfo.InvariantCulture))
            {
                return false;
            }
        }

        return fields.Count - start >= (start == 0 ? 2 : 1);
    }

    private static bool HasFractions(ReadOnlySpan<byte> line, byte delimiter)
    {
        FieldSplitter splitter = new(line, delimiter);
        while (line.Length > 0 && splitter.MoveNext())
        {
            if (splitter.Current.IndexOfAny((byte)'.', (byte)'e', (byte)'E') >= 0
                && FieldNumber.Parse(splitter.Current, out _) == FieldKind.Number)
            {
                return true;
            }
        }

        return false;
    }

    private static int CountFields(ReadOnlySpan<byte> line, byte delimiter, out bool endsEmpty)
    {
        int count = 0;
        endsEmpty = false;
        FieldSplitter splitter = new(line, delimiter);
        while (line.Length > 0 && splitter.MoveNext())
        {
            count++;
            endsEmpty = splitter.Current.IsEmpty;
        }

        return count;
    }
}
