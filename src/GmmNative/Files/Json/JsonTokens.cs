using System.Text;
using System.Text.Json;
using GmmNative.Errors;

namespace GmmNative.Files.Json;

/// <summary>Reads the tokens of a JSON text one by one. Needs memory only for the longest token.</summary>
internal ref struct JsonTokens
{
    private const int InitialBuffer = 1 << 16;
    private const int MaximumTokenLength = 1 << 28;
    private const int MaximumTextLength = 256;

    private readonly Stream _stream;
    private readonly JsonNames _names = new();
    private byte[] _buffer = new byte[InitialBuffer];
    private long _bufferStart;
    private int _length;
    private bool _atEnd;
    private Utf8JsonReader _reader;

    /// <summary>Starts before the first token.</summary>
    /// <param name="stream">The text, which must be seekable.</param>
    /// <param name="start">The offset of a value.</param>
    public JsonTokens(Stream stream, long start)
    {
        _stream = stream;
        _bufferStart = start;
        _stream.Position = start;
        _reader = new Utf8JsonReader(ReadOnlySpan<byte>.Empty, isFinalBlock: false, default);
    }

    /// <summary>The kind of the token.</summary>
    public readonly JsonTokenType Type => _reader.TokenType;

    /// <summary>The name of the current property, if the token is a name.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The offset of the token in the stream.</summary>
    public readonly long Start => _bufferStart + _reader.TokenStartIndex;

    /// <summary>The token as written, for messages and comparisons: without quotes, shortened, with escapes unresolved.</summary>
    public readonly string Text =>
        Encoding.UTF8.GetString(_reader.ValueSpan.Length > MaximumTextLength ? _reader.ValueSpan[..MaximumTextLength] : _reader.ValueSpan);

    /// <summary>Advances to the next token.</summary>
    /// <returns>Whether there is a next token.</returns>
    /// <exception cref="FileProblemException">The text is not valid JSON, or an object contains a name twice.</exception>
    public bool Read()
    {
        try
        {
            while (!_reader.Read())
            {
                if (_atEnd)
                {
                    return false;
                }

                Fill();
            }
        }
        catch (JsonException e)
        {
            throw new FileProblemException(
                "it is not valid JSON, or it is cut off.", $"line {(e.LineNumber ?? 0) + 1}, byte {(e.BytePositionInLine ?? 0) + 1}", e);
        }

        switch (Type)
        {
            case JsonTokenType.StartObject:
                _names.Enter();
                break;
            case JsonTokenType.PropertyName:
                Name = Decode();
                _names.Add(Name);
                break;
            case JsonTokenType.EndObject:
                _names.Leave();
                break;
        }

        return true;
    }

    /// <summary>Advances to the next token, which must exist because the innermost list or object has not ended.</summary>
    public void ReadInside()
    {
        if (!Read())
        {
            // Utf8JsonReader reports every text that ends too early.
            throw new InvalidOperationException("A list or an object without an end was accepted as JSON.");
        }
    }

    /// <summary>Advances to the last token of the current value.</summary>
    public void Skip()
    {
        if (Type is not (JsonTokenType.StartArray or JsonTokenType.StartObject))
        {
            return;
        }

        int depth = _reader.CurrentDepth;
        do
        {
            ReadInside();
        }
        while (_reader.CurrentDepth > depth);
    }

    /// <summary>Converts the token to a finite number.</summary>
    public readonly bool TryGetDouble(out double number)
    {
        number = 0;
        return Type == JsonTokenType.Number && _reader.TryGetDouble(out number) && double.IsFinite(number);
    }

    /// <summary>Converts the token to a whole number.</summary>
    public readonly bool TryGetInteger(out long number)
    {
        number = 0;
        return Type == JsonTokenType.Number && _reader.TryGetInt64(out number);
    }

    /// <summary>Returns a string or a name with its escapes resolved.</summary>
    /// <exception cref="FileProblemException">The string is not valid Unicode.</exception>
    public readonly string Decode()
    {
        try
        {
            return _reader.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new FileProblemException("a string in it is not valid Unicode.", null, e);
        }
    }

    private void Fill()
    {
        int used = (int)_reader.BytesConsumed;
        int left = _length - used;
        if (left == _buffer.Length)
        {
            if (_buffer.Length >= MaximumTokenLength)
            {
                throw new FileProblemException($"a string in it is longer than {MaximumTokenLength >> 20} MB.");
            }

            Array.Resize(ref _buffer, 2 * _buffer.Length);
        }
        else
        {
            _buffer.AsSpan(used, left).CopyTo(_buffer);
        }

        _bufferStart += used;
        int read = _stream.ReadAtLeast(_buffer.AsSpan(left), 1, throwOnEndOfStream: false);
        _length = left + read;
        _atEnd = read == 0;
        _reader = new Utf8JsonReader(_buffer.AsSpan(0, _length), _atEnd, _reader.CurrentState);
    }
}
