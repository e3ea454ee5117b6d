using System.Globalization;
using GmmNative.Data;
using GmmNative.Errors;
using GmmNative.Files.Options;
using GmmNative.Files.Rows;

namespace GmmNative.Files.Text;

/// <summary>Reads lines of numbers into memory, one vector per line.</summary>
/// <remarks>
/// This reader does not use a CSV library. Such libraries return each field as a string (or at least decode the text to UTF-16), which for
/// a file of hundreds of megabytes costs several times as much as parsing the numbers. Here fields are slices of the input bytes, and
/// numbers are parsed in place. Fields of columns that are not selected are not parsed and may contain anything.
/// </remarks>
internal sealed class DelimitedText
{
    /// <summary>
    /// The maximum number of columns, which is the maximum dimension of a model. A small compressed file can claim any number.
    /// </summary>
    public const int MaximumColumns = 1 << 20;

    private readonly LineReader _lines;
    private readonly LineMap _lineOfRow = new();
    private readonly VectorFormat _format;
    private readonly HeaderRow _header;
    private readonly ColumnRequest _request;
    private TextLayout? _layout;
    private RowStore? _rows;
    private int[]? _kept;

    // The position of each field in its row, or -1 if the field is not read.
    private int[] _places = [];
    private long _firstLine;
    private long _fieldsCountedOn;
    private long _line;

    private DelimitedText(Stream stream, VectorFormat format, HeaderRow header, ColumnRequest request)
    {
        _lines = new LineReader(stream);
        _format = format;
        _header = header;
        _request = request;
    }

    /// <summary>Reads a whole text.</summary>
    /// <param name="stream">The text. It is not disposed.</param>
    /// <param name="format">The format of text.</param>
    /// <param name="header">Whether the first line is a header.</param>
    /// <param name="request">The requested columns.</param>
    /// <exception cref="FileProblemException">The text is not a table of numbers, or lacks a column.</exception>
    public static LoadedVectorSource Read(Stream stream, VectorFormat format, HeaderRow header, ColumnRequest request) =>
        new DelimitedText(stream, format, header, request).ReadAll();

    private LoadedVectorSource ReadAll()
    {
        byte[]? first = null;
        while (_lines.TryRead(out ReadOnlySpan<byte> line))
        {
            ReadOnlySpan<byte> text = line.TrimStart(" \t"u8);
            if (text.Length == 0 || text[0] == (byte)'#')
            {
                continue;
            }

            if (first is null)
            {
                first = line.ToArray();
                _firstLine = _lines.LineNumber;
                continue;
            }

            RowStore rows = _rows ?? Begin(first, line);
            ReadRow(line, _lines.LineNumber, rows);
        }

        if (first is not null)
        {
            _rows ??= Begin(first, default);
        }

        if (_rows is null || _rows.Count == 0)
        {
            throw new FileProblemException(_rows is null ? "it has no rows." : "it has a header, but no rows below the header.");
        }

        return new LoadedVectorSource(_rows, _request.Source, _lineOfRow, _layout!.Names, _kept);
    }

    private RowStore Begin(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        if (first.Contains((byte)'\r'))
        {
            throw new FileProblemException("its lines end with CR alone; save it with LF or CRLF.");
        }

        try
        {
            byte delimiter = TextDelimiter.Find(_format, first, second);
            _layout = new TextLayoutReader(_header, _request.AcceptsMissing, _request.Notice).Read(first, second, delimiter);
        }
        catch (FileProblemException e) when (e.Place is null)
        {
            throw new FileProblemException(e.Message, $"line {_firstLine}", e);
        }

        // If the index column has no name, there is one name fewer than fields in a row.
        _fieldsCountedOn = _layout.HasIndex ? _lines.LineNumber : _firstLine;
        _kept = _request.Resolve(_layout.Names, _layout.Columns);
        _places = PlaceFields(_layout, _kept);
        _rows = new RowStore(_kept?.Length ?? _layout.Columns);
        if (!_layout.HasHeader)
        {
            ReadRow(first, _firstLine, _rows);
            if (_layout.MixesWords)
            {
                _request.Notice(
                    "the first line contains words and numbers and is read as a row; give --header yes if it names the columns.");
            }
        }

        return _rows;
    }

    private static int[] PlaceFields(TextLayout layout, int[]? kept)
    {
        int[] places = new int[layout.Fields];
        Array.Fill(places, -1);
        int start = layout.HasIndex ? 1 : 0;
        for (int i = 0; i < (kept?.Length ?? layout.Columns); i++)
        {
            places[start + (kept?[i] ?? i)] = i;
        }

        return places;
    }

    private void ReadRow(ReadOnlySpan<byte> line, long number, RowStore rows)
    {
        _line = number;
        _lineOfRow.Add(rows.Count, number);
        Span<double> row = rows.AddRow();
        int count = 0;
        ReadOnlySpan<int> places = _places;
        FieldSplitter fields = new(line, _layout!.Delimiter);
        while (MoveNext(ref fields))
        {
            int place = count < places.Length ? places[count] : -1;
            if (place >= 0)
            {
                FieldKind kind = FieldNumber.Parse(fields.Current, out row[place]);
                if (_request.AcceptsMissing && FieldNumber.IsMissing(kind, fields.Current))
                {
                    row[place] = double.NaN;
                }
                else if (kind != FieldKind.Number)
                {
                    throw BadField(kind, fields.Current, count - (_layout.HasIndex ? 1 : 0));
                }
            }

            count++;
        }

        if (count != _places.Length)
        {
            string hint = _layout.Delimiter == FieldSplitter.Blanks && line.Contains((byte)'\t')
                ? "; spaces and tabs separate fields here: if only tabs should, give --format tsv" : "";
            throw new FileProblemException(
                string.Create(CultureInfo.InvariantCulture,
                    $"found {Fields(count)}, but expected {_places.Length} as on line {_fieldsCountedOn}{hint}."), Line);
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

    private string Line => $"line {_line}";

    private FileProblemException BadField(FieldKind kind, ReadOnlySpan<byte> field, int column)
    {
        string? name = _layout!.Names?[column];
        string way = string.IsNullOrEmpty(name) ? $"--columns '!{column + 1}'" : $"--columns '!{MessageText.Shorten(name)}'";
        string header = _layout.MixesWords && _line == _firstLine ? ", give --header yes if this line names the columns," : "";
        string problem = kind switch
        {
            FieldKind.Empty => $"missing value; fill it in, remove the line, or leave out the column with {way}.",
            FieldKind.TooLarge => $"{MessageText.Quote(field)} is too large for a 64-bit floating-point number.",
            _ when field.Contains((byte)',') => $"{MessageText.Quote(field)} is not a number; decimals are written with a point.",
            _ => $"{MessageText.Quote(field)} is not a number; correct it{header} or leave out the column with {way}.",
        };
        return new FileProblemException(problem, $"{Line}, {ColumnText.Describe(column, name)}");
    }

    private static string Fields(int count) => count == 1 ? "1 field" : $"{count} fields";
}
