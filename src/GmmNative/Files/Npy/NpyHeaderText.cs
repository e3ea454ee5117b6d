using System.Globalization;
using GmmNative.Errors;
using GmmNative.Files.Numbers;

namespace GmmNative.Files.Npy;

/// <summary>Reads the text of a <c>.npy</c> header: a Python dictionary with the keys descr, fortran_order and shape.</summary>
internal ref struct NpyHeaderText
{
    // NumPy's own limit is 32 (64 from version 2 on).
    private const int MaximumDimensions = 64;

    private readonly ReadOnlySpan<char> _text;
    private int _position;

    private NpyHeaderText(string text)
    {
        _text = text;
    }

    /// <summary>Reads the dictionary.</summary>
    /// <exception cref="FileProblemException">The text is malformed or lacks a key.</exception>
    public static NpyHeader Parse(string text)
    {
        NpyHeaderText reader = new(text);
        return reader.ReadDictionary();
    }

    private NpyHeader ReadDictionary()
    {
        NpyElementType? elementType = null;
        bool? fortranOrder = null;
        long[]? shape = null;
        Expect('{');
        while (!TryTake('}'))
        {
            string key = ReadString();
            Expect(':');
            switch (key)
            {
                case "descr" when elementType is null:
                    if (Peek() is '[' or '(')
                    {
                        throw new FileProblemException(
                            "it contains records with named fields (a structured dtype); save one array of numbers instead.");
                    }

                    elementType = NpyElementType.Parse(ReadString());
                    break;
                case "fortran_order" when fortranOrder is null:
                    fortranOrder = ReadTruth();
                    break;
                case "shape" when shape is null:
                    shape = ReadShape();
                    break;
                default:
                    throw Malformed();
            }

            if (!TryTake(','))
            {
                Expect('}');
                break;
            }
        }

        if (Peek() != '\0' || elementType is null || fortranOrder is null || shape is null)
        {
            throw Malformed();
        }

        return new NpyHeader(elementType.Value, fortranOrder.Value, shape);
    }

    private long[] ReadShape()
    {
        List<long> shape = [];
        Expect('(');
        while (!TryTake(')'))
        {
            if (shape.Count == MaximumDimensions)
            {
                throw Malformed();
            }

            shape.Add(ReadSize());
            if (!TryTake(','))
            {
                Expect(')');
                break;
            }
        }

        return [.. shape];
    }

    private long ReadSize()
    {
        int start = _position;
        while (_position < _text.Length && char.IsAsciiDigit(_text[_position]))
        {
            _position++;
        }

        if (!long.TryParse(_text[start.._position], NumberStyles.None, CultureInfo.InvariantCulture, out long size))
        {
            throw Malformed();
        }

        // Python 2 wrote long integers as 3L.
        _ = _position < _text.Length && TryTake('L');
        return size;
    }

    private bool ReadTruth()
    {
        SkipBlanks();
        foreach ((string word, bool value) in (ReadOnlySpan<(string, bool)>)[("True", true), ("False", false)])
        {
            if (_text[_position..].StartsWith(word))
            {
                _position += word.Length;
                return value;
            }
        }

        throw Malformed();
    }

    private string ReadString()
    {
        char quote = Peek();
        if (quote is not ('\'' or '"'))
        {
            throw Malformed();
        }

        _position++;
        int length = _text[_position..].IndexOf(quote);
        if (length < 0)
        {
            throw Malformed();
        }

        string value = _text.Slice(_position, length).ToString();
        _position += length + 1;
        return value;
    }

    private char Peek()
    {
        SkipBlanks();
        return _position < _text.Length ? _text[_position] : '\0';
    }

    private bool TryTake(char expected)
    {
        if (Peek() != expected)
        {
            return false;
        }

        _position++;
        return true;
    }

    private void Expect(char expected)
    {
        if (!TryTake(expected))
        {
            throw Malformed();
        }
    }

    private void SkipBlanks()
    {
        while (_position < _text.Length && _text[_position] is ' ' or '\n' or '\t')
        {
            _position++;
        }
    }

    private readonly FileProblemException Malformed() =>
        new($"the .npy header is malformed: {MessageText.Quote(_text.Trim().ToString())}.");
}
