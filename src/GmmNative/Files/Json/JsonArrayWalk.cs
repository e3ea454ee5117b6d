using System.Text;
using System.Text.Json;
using GmmNative.Errors;

namespace GmmNative.Files.Json;

/// <summary>Goes through the tokens of one array of numbers, and sees to it that its lists agree with those that came first.</summary>
/// <param name="name">The array's name, for messages.</param>
internal sealed class JsonArrayWalk(string name)
{
    // One more than any array of a model has, so that messages can show it.
    private const int MostDimensions = 4;
    private const long Unknown = -1;

    private readonly List<long> _shape = [];
    private readonly long[] _counts = new long[MostDimensions];
    private int _depth;
    private bool _rankIsKnown;

    /// <summary>The shape, once the array has ended.</summary>
    public long[] Shape => [.. _shape];

    /// <summary>Takes the next token.</summary>
    /// <returns>Whether the array goes on after it.</returns>
    /// <exception cref="FileProblemException">A list is longer or shorter than its fellows, or something is no number.</exception>
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

    /// <summary>What is wrong with the element that was taken last.</summary>
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

            if (_depth == MostDimensions)
            {
                throw new FileProblemException($"\"{name}\" has more than {MostDimensions} dimensions.");
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
            // The first list without a number ends the dimensions too.
            _shape[_depth] = count;
            _rankIsKnown = true;
        }
        else if (_shape[_depth] != count)
        {
            throw new FileProblemException($"{Place(_depth)} should be a list of {_shape[_depth]}, as the first of its kind is.");
        }
    }

    /// <summary>The element at some depth that was reached last, for example <c>"means"[3][0]</c>.</summary>
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
