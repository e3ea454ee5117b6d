using GmmNative.Errors;

namespace GmmNative.Files.Text;

/// <summary>Enumerates the fields of a line of delimited text as slices of the line.</summary>
internal ref struct FieldSplitter
{
    /// <summary>The delimiter that represents any number of spaces and tabs.</summary>
    public const byte Blanks = (byte)' ';

    private readonly byte _delimiter;
    private ReadOnlySpan<byte> _rest;
    private bool _finished;

    /// <summary>Starts before the first field.</summary>
    public FieldSplitter(ReadOnlySpan<byte> line, byte delimiter)
    {
        // Blanks before the first field and after the last field are not separators.
        _rest = delimiter == Blanks ? line.Trim(" \t"u8) : line;
        _delimiter = delimiter;
    }

    /// <summary>
    /// The field without surrounding blanks and quotes. Doubled quotes inside the field are not resolved, because numbers contain none.
    /// </summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>Advances to the next field.</summary>
    /// <returns>Whether there is a next field. An empty line has one empty field.</returns>
    /// <exception cref="FileProblemException">A quote is not closed, or is followed by more text. The exception has no
    /// location.</exception>
    public bool MoveNext()
    {
        if (_finished)
        {
            return false;
        }

        ReadOnlySpan<byte> trimmed = TrimStart(_rest);
        if (trimmed.Length > 0 && trimmed[0] == (byte)'"')
        {
            ReadQuoted(trimmed[1..]);
            return true;
        }

        if (_delimiter == Blanks)
        {
            int end = trimmed.IndexOfAny((byte)' ', (byte)'\t');
            Current = end < 0 ? trimmed : trimmed[..end];
            Advance(trimmed, end);
            return true;
        }

        int length = _rest.IndexOf(_delimiter);
        Current = TrimEnd(TrimStart(length < 0 ? _rest : _rest[..length]));
        Advance(_rest, length);
        return true;
    }

    // The delimiter is never skipped as a blank, because it may be a tab.
    private readonly ReadOnlySpan<byte> TrimStart(ReadOnlySpan<byte> text)
    {
        int start = 0;
        while (start < text.Length && IsBlank(text[start]))
        {
            start++;
        }

        return text[start..];
    }

    private readonly ReadOnlySpan<byte> TrimEnd(ReadOnlySpan<byte> text)
    {
        int end = text.Length;
        while (end > 0 && IsBlank(text[end - 1]))
        {
            end--;
        }

        return text[..end];
    }

    private readonly bool IsBlank(byte character) => character == (byte)' ' || (character == (byte)'\t' && _delimiter != (byte)'\t');

    private void ReadQuoted(ReadOnlySpan<byte> text)
    {
        int end = 0;
        while (true)
        {
            int next = text[end..].IndexOf((byte)'"');
            if (next < 0)
            {
                throw new FileProblemException("a quoted field is not closed on its line.");
            }

            end += next;
            if (end + 1 == text.Length || text[end + 1] != (byte)'"')
            {
                break;
            }

            end += 2;
        }

        Current = text[..end];
        ReadOnlySpan<byte> after = text[(end + 1)..];
        after = _delimiter == Blanks ? after : TrimStart(after);
        if (after.Length > 0 && after[0] != _delimiter && !(_delimiter == Blanks && after[0] == (byte)'\t'))
        {
            throw new FileProblemException("there is text after the closing quote of a field.");
        }

        Advance(after, after.Length == 0 ? -1 : 0);
    }

    private void Advance(ReadOnlySpan<byte> from, int delimiterAt)
    {
        _finished = delimiterAt < 0;
        _rest = _finished ? default : from[(delimiterAt + 1)..];
    }
}
