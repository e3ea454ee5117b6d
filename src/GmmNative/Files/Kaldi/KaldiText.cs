using System.Text;
using GmmNative.Data.Sources;
using GmmNative.Errors;
using GmmNative.Files.Rows;
using GmmNative.Files.Text;
using GmmNative.Files.Utterances;

namespace GmmNative.Files.Kaldi;

/// <summary>
/// Reads Kaldi archives in text into memory: a key, an opening bracket, one row per line, and a closing bracket behind the last row. A
/// vector is on one line with its brackets and is a matrix of one row.
/// </summary>
internal sealed class KaldiText
{
    private readonly LineReader _lines;
    private readonly LineMap _lineOfRow = new();
    private readonly List<Utterance> _utterances = [];
    private readonly string _name;
    private readonly Action<string> _notice;
    private readonly List<double> _row = [];
    private RowStore? _rows;
    private string? _key;
    private long _firstRow;

    private KaldiText(Stream stream, string name, Action<string> notice)
    {
        _lines = new LineReader(stream);
        _name = name;
        _notice = notice;
    }

    /// <summary>Reads a whole archive.</summary>
    /// <param name="stream">The text. It is not disposed.</param>
    /// <param name="name">The name of the input in messages.</param>
    /// <param name="notice">Receives notes about utterances that are left out.</param>
    /// <exception cref="FileProblemException">The text is not an archive of matrices of one dimension.</exception>
    public static KeyedVectorSource Read(Stream stream, string name, Action<string> notice) =>
        new KaldiText(stream, name, notice).ReadAll();

    private string Line => $"line {_lines.LineNumber}";

    private KeyedVectorSource ReadAll()
    {
        while (_lines.TryRead(out ReadOnlySpan<byte> line))
        {
            ReadOnlySpan<byte> rest = line;
            if (_key is null && !TryBegin(ref rest))
            {
                continue;
            }

            bool isClosed = ReadRow(ref rest);
            AddRow();
            if (isClosed)
            {
                End();
            }
        }

        if (_key is not null)
        {
            throw new FileProblemException($"it is cut off in utterance {MessageText.Quote(_key)}: its ] is missing.");
        }

        return _rows is null
            ? throw new FileProblemException("none of its utterances has rows.")
            : new KeyedVectorSource(new LoadedVectorSource(_rows, _name, _lineOfRow), _utterances);
    }

    // A line between two matrices is empty or starts a matrix.
    private bool TryBegin(ref ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> rest = line;
        ReadOnlySpan<byte> name = NextField(ref rest);
        if (name.Length == 0)
        {
            return false;
        }

        string key = Encoding.UTF8.GetString(name);
        if (!NextField(ref rest).SequenceEqual("["u8))
        {
            throw new FileProblemException($"a key and an opening bracket are expected, but {MessageText.Quote(line)} was found.", Line);
        }

        line = rest;
        _key = key;
        _firstRow = _rows?.Count ?? 0;
        return true;
    }

    /// <returns>Whether the closing bracket ends the row.</returns>
    private bool ReadRow(ref ReadOnlySpan<byte> line)
    {
        _row.Clear();
        for (ReadOnlySpan<byte> field = NextField(ref line); field.Length > 0; field = NextField(ref line))
        {
            if (field.SequenceEqual("]"u8))
            {
                ReadOnlySpan<byte> more = NextField(ref line);
                return more.Length == 0 ? true
                    : throw new FileProblemException($"{MessageText.Quote(more)} follows the closing bracket.", Line);
            }

            if (FieldNumber.Parse(field, out double number) != FieldKind.Number)
            {
                throw new FileProblemException(
                    $"{MessageText.Quote(field)} in utterance {MessageText.Quote(_key!)} is not a number.", Line);
            }

            _row.Add(number);
            if (_row.Count > DelimitedText.MaximumColumns)
            {
                throw new FileProblemException($"the row has more than {DelimitedText.MaximumColumns} numbers.", Line);
            }
        }

        return false;
    }

    // Returns an empty span at the end of the line.
    private static ReadOnlySpan<byte> NextField(ref ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> start = line.TrimStart(" \t"u8);
        int length = start.IndexOfAny((byte)' ', (byte)'\t');
        ReadOnlySpan<byte> field = length < 0 ? start : start[..length];
        line = start[field.Length..];
        return field;
    }

    private void AddRow()
    {
        if (_row.Count == 0)
        {
            return;
        }

        _rows ??= new RowStore(_row.Count);
        SegmentCheck.SameDimension(
            _key!, _row.Count, _utterances.Count > 0 ? _utterances[0].Key : _key!, _rows.Dimension, Line);
        _lineOfRow.Add(_rows.Count, _lines.LineNumber);
        _row.CopyTo(_rows.AddRow());
    }

    private void End()
    {
        long count = (_rows?.Count ?? 0) - _firstRow;
        if (count == 0)
        {
            _notice($"utterance {MessageText.Quote(_key!)} is left out, because it has no rows.");
        }
        else
        {
            _utterances.Add(new Utterance(_key!, _firstRow, count));
        }

        _key = null;
    }
}
