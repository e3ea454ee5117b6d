using System.Text;
using System.Text.Json;
using GmmNative.Errors;

namespace GmmNative.Files.Json;

/// <summary>Processes the tokens of an array of numbers, and checks that all lists at the same depth have the same length.</summary>
/// <param name="name">The name of the array, for messages.</param>
internal sealed class JsonArrayWalk(string name)
{
    // One more than the arrays of a model have, so that messages can show a wrong shape.
    private const int MaximumDimensions = 4;
    private const long Unknown = -1;

    private readonly List<long> _shape = [];
    private readonly long[] _counts = new long[MaximumDimensions];
    private int _depth;
    private bool _rankIsKnown;

    /// <summary>The shape, which is complete at the end of the array.</summary>
    public long[] Shape => [.. _shape];

    /// <summary>Processes the next token.</summary>
    /// <returns>Whether the array continues after the token.</returns>
    /// <exception cref="FileProblemException">Lists at the same depth differ in length, or an element is not a number.</exception>
    public bool Step(ref JsonTokens tokens)
    {
        switch (tokens.Type)
        {
            case JsonTokenType.StartArray:
                Enter(ref tokens);
                break;
            case JsonTokenType.EndArray:
                Leave();
                break;
            case JsonTokenType.Number:
                Count();
                if (_rankIsKnown && _depth < _shape.Count)
                {
                    throw new FileProblemException($"{Place(_depth)} is {MessageText.Quote(tokens.Text)}, but a list is expected.");
                }

                _rankIsKnown = true;
                break;
            default:
                Count();
                throw NotANumber(ref tokens);
        }

        return _depth > 0;
    }

    /// <summary>Creates the exception for the element processed last.</summary>
    public FileProblemException NotANumber(ref JsonTokens tokens) =>
        new($"{Place(_depth)} is {MessageText.Quote(tokens.Text)}, not a finite number.");

    private void Count()
    {
        if (_depth > 0)
        {
            _counts[_depth - 1]++;
        }
    }

    private void Enter(ref JsonTokens tokens)
    {
        Count();
        if (_depth == _shape.Count)
        {
            if (_rankIsKnown)
            {
                throw NotANumber(ref tokens);
            }

            if (_depth == MaximumDimensions)
            {
                throw new FileProblemException($"\"{name}\" has more than {MaximumDimensions} dimensions.");
            }

            _shape.Add(Unknown);
        }

        _counts[_depth++] = 0;
    }

    private void Leave()
    {
        _depth--;
        long count = _counts[_depth];
        if (_shape[_depth] == Unknown)
        {
            // The first list to end determines the rank, even if it contains no number.
            _shape[_depth] = count;
            _rankIsKnown = true;
        }
        else if (_shape[_depth] != count)
        {
            throw new FileProblemException($"{Place(_depth)} should be a list of {_shape[_depth]}, like the first one at this depth.");
        }
    }

    /// <summary>Describes the last element at a depth, for example <c>"means"[3][0]</c>.</summary>
    private string Place(int depth)
    {
        StringBuilder text = new($"\"{name}\"");
        for (int level = 0; level < depth; level++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"[{_counts[level] - 1}]");
        }

        return text.ToString();
    }
}
