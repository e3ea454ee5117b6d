namespace GmmNative.Inference.Conditioning;

/// <summary>The rows of a sequence that remain when gaps are taken out, and the windows that are dropped at edges and gaps.</summary>
internal sealed class SequenceRows
{
    private readonly bool[] _isGap;
    private readonly int[] _kept;

    private SequenceRows(bool[] isGap)
    {
        _isGap = isGap;
        _kept = [.. Enumerable.Range(0, isGap.Length).Where(row => !isGap[row])];
    }

    /// <summary>The number of remaining rows.</summary>
    public int Count => _kept.Length;

    /// <summary>Creates a sequence without gaps.</summary>
    /// <param name="rows">The number of rows.</param>
    public static SequenceRows All(int rows) => new(new bool[rows]);

    /// <summary>Finds the gaps: rows whose first coordinate equals a number.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="gap">The number.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="VectorDataException">The source returns another number of rows.</exception>
    public static SequenceRows WithGaps(IVectorSource rows, int count, double gap, CancellationToken cancellationToken)
    {
        const int RowsAtOnce = 1024;
        bool[] isGap = new bool[count];
        double[] buffer = new double[checked(RowsAtOnce * rows.Dimension)];
        using IVectorReader reader = rows.OpenReader();
        int read;
        for (int first = 0; (read = reader.Read(buffer)) > 0; first += read)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (first + read > count)
            {
                throw new VectorDataException(
                    $"The source returned more than the expected {count} rows: every pass must return the same rows.");
            }

            for (int i = 0; i < read; i++)
            {
                isGap[first + i] = buffer[i * rows.Dimension] == gap;
            }
        }

        return new SequenceRows(isGap);
    }

    /// <summary>The row of the whole sequence at a position among the remaining rows.</summary>
    public int this[int position] => _kept[position];

    /// <summary>
    /// Returns whether a window is dropped: it reaches beyond the remaining rows, or it has a coefficient other than zero at a gap.
    /// </summary>
    /// <param name="position">The position among the remaining rows.</param>
    /// <param name="window">The window.</param>
    public bool IsDropped(int position, DeltaWindow window)
    {
        int half = window.HalfWidth;
        if (position - half < 0 || position + half >= Count)
        {
            return true;
        }

        int row = _kept[position];
        for (int j = Math.Max(-half, -row); j <= half && row + j < _isGap.Length; j++)
        {
            if (_isGap[row + j] && window[j] != 0)
            {
                return true;
            }
        }

        return false;
    }
}
