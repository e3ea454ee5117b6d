using GmmNative.Errors;

namespace GmmNative.Files.Json;

/// <summary>The names in the nested objects that are being read. An object must not contain a name twice.</summary>
internal sealed class JsonNames
{
    // Far more than any model needs. Without the limit, a file that consists of names would take many times its size in memory.
    private const int MaximumNames = 10_000;

    private readonly HashSet<(int Depth, string Name)> _known = [];
    private readonly List<string> _names = [];
    private readonly Stack<int> _starts = new();

    /// <summary>Starts an object.</summary>
    public void Enter() => _starts.Push(_names.Count);

    /// <summary>Adds a name of the innermost object.</summary>
    /// <exception cref="FileProblemException">The name occurs twice, or there are too many names.</exception>
    public void Add(string name)
    {
        if (_names.Count == MaximumNames)
        {
            throw new FileProblemException($"it contains more than {MaximumNames} names at once, far more than a model has.");
        }

        if (!_known.Add((_starts.Count, name)))
        {
            throw new FileProblemException($"it is not valid JSON: {MessageText.Quote(name)} occurs twice.");
        }

        _names.Add(name);
    }

    /// <summary>Ends the innermost object.</summary>
    public void Leave()
    {
        int depth = _starts.Count;
        int start = _starts.Pop();
        for (int i = start; i < _names.Count; i++)
        {
            _known.Remove((depth, _names[i]));
        }

        _names.RemoveRange(start, _names.Count - start);
    }
}
