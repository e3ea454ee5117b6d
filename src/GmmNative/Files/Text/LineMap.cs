namespace GmmNative.Files;

/// <summary>Which line of a text file a row stands on. Only the places where lines were skipped are kept.</summary>
internal sealed class LineMap
{
    private readonly List<(long Row, long Line)> _runs = [];

    /// <summary>Tells the line of a row; rows come in ascending order.</summary>
    public void Add(long row, long line)
    {
        if (_runs.Count == 0 || _runs[^1].Line + (row - _runs[^1].Row) != line)
        {
            _runs.Add((row, line));
        }
    }

    /// <summary>The line of a row, from 1.</summary>
    public long LineOf(long row)
    {
        int low = 0;
        int high = _runs.Count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (_runs[middle].Row <= row)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return _runs[low].Line + (row - _runs[low].Row);
    }
}
