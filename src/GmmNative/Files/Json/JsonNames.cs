using GmmNative.Errors;

namespace GmmNative.Files.Json;

/// <summary>The names of the objects that are being read, each inside the one before: no object may have a name twice.</summary>
internal sealed class JsonNames
{
    // Far above any use; a file of nothing but names would otherwise take many times its size.
    private const int MostNames = 10_000;

    private readonly HashSet<(int Depth, string Name)> _known = [];
    private readonly List<string> _names = [];
    private readonly Stack<int> _starts = new();

    /// <summary>An object starts.</summary>
    public void Enter() => _starts.Push(_names.Count);

    /// <summary>A name of the innermost object.</summary>
    /// <exception cref="FileProblemException">It is there twice, or there are far too many.</exception>
    public void Add(string name)
    {
        if (_names.Count == MostNames)
        {
            throw new FileProblemException($"it holds more than {MostNames} names at once, far more than a model has.");
        }

        if (!_known.Add((_starts.Count, name)))
        {
            throw new FileProblemException($"it is not valid JSON: {MessageText.Quote(name)} is there twice.");
        }

        _names.Add(name);
    }

    /// <summary>The innermost object ends.</summary>
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
