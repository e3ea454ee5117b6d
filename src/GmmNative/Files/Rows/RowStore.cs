using GmmNative.Errors;
using GmmNative.Files.Numbers;

namespace GmmNative.Files.Rows;

/// <summary>
/// Rows that are added one by one and stay in memory. They are stored in segments, so that growing copies nothing and the number of rows is
/// not limited by the length of an array.
/// </summary>
internal sealed class RowStore
{
    private const int ElementsPerSegment = 1 << 17;

    // Querying the available memory has a small cost.
    private const int SegmentsBetweenChecks = 64;
    private const double MaximumShareOfMemory = 0.8;
    private const int BytesAtOnce = 1 << 20;

    private readonly List<double[]> _segments = [];
    private readonly int _rowsPerSegment;

    // The numbers of the last row that have been appended, if the row is not complete.
    private int _open;

    /// <summary>Creates an empty store.</summary>
    /// <param name="dimension">D, at least 1.</param>
    public RowStore(int dimension)
    {
        Dimension = dimension;
        _rowsPerSegment = Math.Max(1, ElementsPerSegment / dimension);
    }

    /// <summary>The dimension, D.</summary>
    public int Dimension { get; }

    /// <summary>The number of rows so far.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a row.</summary>
    /// <returns>The span for the D values of the row.</returns>
    /// <exception cref="FileProblemException">The rows no longer fit into the memory of this machine.</exception>
    public Span<double> AddRow()
    {
        int place = (int)(Count % _rowsPerSegment);
        if (place == 0)
        {
            AddSegment();
        }

        Count++;
        return _segments[^1].AsSpan(place * Dimension, Dimension);
    }

    /// <summary>Adds numbers, row after row. Calls need not end at the end of a row.</summary>
    /// <exception cref="FileProblemException">The rows no longer fit into the memory of this machine.</exception>
    public void Append(ReadOnlySpan<double> numbers)
    {
        while (numbers.Length > 0)
        {
            if (_open == 0)
            {
                _ = AddRow();
            }

            int place = (int)((Count - 1) % _rowsPerSegment);
            Span<double> rest = _segments[^1].AsSpan((place * Dimension) + _open, Dimension - _open);
            int count = Math.Min(rest.Length, numbers.Length);
            numbers[..count].CopyTo(rest);
            numbers = numbers[count..];
            _open = (_open + count) % Dimension;
        }
    }

    /// <summary>Fills an empty store with the raw numbers of a file.</summary>
    /// <param name="stream">The numbers, row after row.</param>
    /// <param name="type">The number type.</param>
    /// <param name="count">The number of rows that the header claims. Memory is allocated only for rows that are read.</param>
    /// <exception cref="FileProblemException">The stream ends too early, or the rows do not fit into the memory of this
    /// machine.</exception>
    public void Fill(Stream stream, NpyElementType type, long count)
    {
        long all = checked(count * Dimension);
        int segmentLength = _rowsPerSegment * Dimension;
        byte[] buffer = new byte[Math.Min(BytesAtOnce, checked(all * type.Size))];
        for (long done = 0; done < all;)
        {
            int wanted = (int)Math.Min(buffer.Length / type.Size, all - done);
            int read = stream.ReadAtLeast(buffer.AsSpan(0, wanted * type.Size), wanted * type.Size, throwOnEndOfStream: false);
            if (read < wanted * type.Size)
            {
                long rows = (done + (read / type.Size)) / Dimension;
                throw new FileProblemException($"it is cut off after {rows} of {count} rows; copy or write it again.");
            }

            for (int taken = 0; taken < wanted;)
            {
                int place = (int)((done + taken) % segmentLength);
                if (place == 0)
                {
                    AddSegment();
                }

                int n = Math.Min(wanted - taken, segmentLength - place);
                NumberDecoder.Widen(buffer.AsSpan(taken * type.Size, n * type.Size), type, _segments[^1].AsSpan(place));
                taken += n;
            }

            done += wanted;
        }

        Count = count;
    }

    /// <summary>Adds rows from another store of dimension 1 that contains their numbers column after column.</summary>
    /// <exception cref="FileProblemException">The rows do not fit into the memory of this machine.</exception>
    public void AddTransposed(RowStore numbers)
    {
        long count = numbers.Count / Dimension;
        for (long i = 0; i < count; i++)
        {
            Span<double> row = AddRow();
            for (int column = 0; column < row.Length; column++)
            {
                (long segment, long place) = Math.DivRem((column * count) + i, ElementsPerSegment);
                row[column] = numbers._segments[(int)segment][place];
            }
        }
    }

    /// <summary>Copies consecutive rows, which must exist.</summary>
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

    private void AddSegment()
    {
        if (_segments.Count % SegmentsBetweenChecks == 0 && _segments.Count > 0)
        {
            CheckMemory();
        }

        _segments.Add(new double[_rowsPerSegment * Dimension]);
    }

    private void CheckMemory()
    {
        double held = (double)_segments.Count * _rowsPerSegment * Dimension * sizeof(double);
        double available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (held > MaximumShareOfMemory * available)
        {
            string sizes = FormattableString.Invariant(
                $"more than {held / 1e9:F1} GB of memory, and this machine has {available / 1e9:F1} GB");
            throw new FileProblemException($"its rows need {sizes}; save them as .npy, which is not read into memory.");
        }
    }
}
