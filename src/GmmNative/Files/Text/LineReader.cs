using GmmNative.Errors;

namespace GmmNative.Files.Text;

/// <summary>Reads the lines of a UTF-8 stream as bytes, without a string or a copy per line.</summary>
/// <param name="stream">The text. It is not disposed.</param>
internal sealed class LineReader(Stream stream)
{
    private const int InitialBuffer = 1 << 20;

    // Enough for a million numbers. A small compressed file can contain lines of any length.
    private const int MaximumLineLength = 1 << 25;

    private byte[] _buffer = new byte[InitialBuffer];
    private int _start;
    private int _end;
    private bool _atEnd;

    /// <summary>The number of the line last returned, from 1.</summary>
    public long LineNumber { get; private set; }

    /// <summary>Reads the next line.</summary>
    /// <param name="line">
    /// Receives the line without its end (LF or CRLF) and, on line 1, without a byte order mark. It is valid until the next call.
    /// </param>
    /// <returns>Whether there was a line.</returns>
    /// <exception cref="FileProblemException">The text is UTF-16, or a line is longer than 32 MB.</exception>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        int searched = 0;
        while (true)
        {
            int length = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (length >= 0)
            {
                line = Take(searched + length, 1);
                return true;
            }

            searched = _end - _start;
            if (_atEnd)
            {
                line = default;
                if (searched == 0)
                {
                    return false;
                }

                line = Take(searched, 0);
                return true;
            }

            Fill();
        }
    }

    private ReadOnlySpan<byte> Take(int length, int lineEnd)
    {
        ReadOnlySpan<byte> line = _buffer.AsSpan(_start, length);
        _start += length + lineEnd;
        if (++LineNumber == 1)
        {
            line = line.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? line[3..] : line;
            if (line.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || line.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            {
                throw new FileProblemException("the text is UTF-16; save it as UTF-8.");
            }
        }

        return line.EndsWith((byte)'\r') ? line[..^1] : line;
    }

    private void Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= MaximumLineLength)
            {
                throw new FileProblemException(
                    $"the line is longer than {MaximumLineLength >> 20} MB; is this a text file?", $"line {LineNumber + 1}");
            }

            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        int read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _atEnd = read == 0;
    }
}
