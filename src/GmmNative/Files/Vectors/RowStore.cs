namespace GmmNative.Files;

/// <summary>
/// Rows that arrive one after the other and stay in memory: in pieces, so that nothing is copied as they grow and no single
/// array bounds their number.
/// </summary>
internal sealed class RowStore
{
    private const int ElementsPerSegment = 1 << 17;

    // What is asked about memory costs little, but not nothing.
    private const int SegmentsBetweenChecks = 64;
    private const double MostShareOfMemory = 0.8;
    private const int BytesAtOnce = 1 << 20;

    private readonly List<double[]> _segments = [];
    private readonly int _rowsPerSegment;

    /// <summary>Makes an empty store.</summary>
    /// <param name="dimension">D, at least 1.</param>
    public RowStore(int dimension)
    {
        Dimension = dimension;
        _rowsPerSegment = Math.Max(1, ElementsPerSegment / dimension);
    }

    /// <summary>D.</summary>
    public int Dimension { get; }

    /// <summary>The rows so far.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a row.</summary>
    /// <returns>Where to put its D values.</returns>
    /// <exception cref="FileProblemException">The rows no longer fit into the memory of this machine.</exception>
    public Span<double> AddRow()
    {
        int place = (int)(Count % _rowsPerSegment);
        if (place == 0)
        {
            CheckMemory();
            _segments.Add(new double[_rowsPerSegment * Dimension]);
        }

        Count++;
        return _segments[^1].AsSpan(place * Dimension, Dimension);
    }

    /// <summary>Adds rows of numbers as they lie in a file.</summary>
    /// <param name="stream">The numbers, row after row.</param>
    /// <param name="type">Their type.</param>
    /// <param name="count">How many rows.</param>
    /// <exception cref="FileProblemException">The stream ends before, or the rows do not fit into the memory of this machine.</exception>
    public void Fill(Stream stream, NpyElementType type, long count)
    {
        // A row in pieces: its length is only claimed until its bytes are there.
        byte[] buffer = new byte[Math.Min(BytesAtOnce, checked(Dimension * type.Size))];
        for (long row = 0; row < count; row++)
        {
            Span<double> values = default;
            for (int done = 0; done < Dimension;)
            {
                Span<byte> piece = buffer.AsSpan(0, Math.Min(buffer.Length, (Dimension - done) * type.Size));
                if (stream.ReadAtLeast(piece, piece.Length, throwOnEndOfStream: false) < piece.Length)
                {
                    throw new FileProblemException($"it is cut off in row {row + 1} of {count}; copy or write it again.");
                }

                values = done == 0 ? AddRow() : values;
                NumberDecoder.Widen(piece, type, values[done..]);
                done += piece.Length / type.Size;
            }
        }
    }

    /// <summary>Adds the columns of this matrix to another store, as rows.</summary>
    /// <exception cref="FileProblemException">They do not fit into the memory of this machine.</exception>
    public void CopyTransposedTo(RowStore rows)
    {
        for (int column = 0; column < Dimension; column++)
        {
            Span<double> row = rows.AddRow();
            for (int i = 0; i < row.Length; i++)
            {
                row[i] = _segments[i / _rowsPerSegment][((i % _rowsPerSegment) * Dimension) + column];
            }
        }
    }

    /// <summary>Copies consecutive rows that exist.</summary>
    public void Read(long firstRow, Span<double> rows)
    {
        while (rows.Length > 0)
        {
            (long segment, long place) = Math.DivRem(firstRow, _rowsPerSegment);
            int count = (int)Math.Min(rows.Length / Dimension, _rowsPerSegment - place);
            int length = count * Dimension;
            _segments[(int)segment].AsSpan((int)place * Dimension, length).CopyTo(rows);
            rows = rows[length..];
            firstRow += count;
        }
    }

    private void CheckMemory()
    {
        if (_segments.Count % SegmentsBetweenChecks != 0 || _segments.Count == 0)
        {
            return;
        }

        double held = (double)_segments.Count * _rowsPerSegment * Dimension * sizeof(double);
        double available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (held > MostShareOfMemory * available)
        {
            throw new FileProblemException(FormattableString.Invariant(
                $"its rows need more than {held / 1e9:F1} GB of memory, and this machine has {available / 1e9:F1} GB; save them as .npy, which is not read into memory."));
        }
    }
}
