namespace GmmNative.Files.Rows;

/// <summary>
/// Maps the rows of a text file to lines. Only the positions of skipped lines are stored, usually in two bytes each, because a file may
/// skip a line at every row.
/// </summary>
internal sealed class LineMap
{
    private const int BitsEach = 7;
    private const byte More = 1 << BitsEach;

    // For each run of rows on consecutive lines: the distances of its first row and first line from those of the previous run, low bits
    // first.
    private readonly List<byte> _steps = [];
    private long _lastRow;
    private long _lastLine;

    /// <summary>Adds the line of a row. Rows must be added in ascending order.</summary>
    public void Add(long row, long line)
    {
        if (_steps.Count == 0 || _lastLine + (row - _lastRow) != line)
        {
            Append(row - _lastRow);
            Append(line - _lastLine);
            (_lastRow, _lastLine) = (row, line);
        }
    }

    /// <summary>Returns the line of a row, from 1.</summary>
    public long LineOf(long row)
    {
        int place = 0;
        long runRow = 0;
        long runLine = 0;
        while (place < _steps.Count)
        {
            long nextRow = runRow + Take(ref place);
            if (nextRow > row)
            {
                break;
            }

            runRow = nextRow;
            runLine += Take(ref place);
        }

        return runLine + (row - runRow);
    }

    private void Append(long step)
    {
        for (; step >= More; step >>= BitsEach)
        {
            _steps.Add((byte)(step | More));
        }

        _steps.Add((byte)step);
    }

    private long Take(ref int place)
    {
        long step = 0;
        for (int shift = 0; ; shift += BitsEach)
        {
            byte bits = _steps[place++];
            step |= (long)(bits & (More - 1)) << shift;
            if (bits < More)
            {
                return step;
            }
        }
    }
}
