using System.Numerics;

namespace GmmNative.Data.Sources;

/// <summary>Collects rows, one or several at a time, and stores copies of them in their original precision.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed class RowBuffer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // In segments, so that adding rows copies no large array, and the maximum length of an array does not limit the number of rows.
    private const int ElementsPerSegment = 1 << 17;
    private const int FirstElements = 1 << 8;

    private readonly List<T[]> _segments = [];
    private int _dimension;
    private int _rowsPerSegment;

    /// <summary>The rows so far.</summary>
    public long Count { get; private set; }

    /// <summary>Reads all rows of a sequence.</summary>
    /// <param name="rows">The rows. The sequence is enumerated once.</param>
    /// <exception cref="VectorDataException">
    /// There are no rows, or a row is null, empty or differs in length from the first row.
    /// </exception>
    public static IRandomAccessVectorSource ReadAll(IEnumerable<T[]> rows)
    {
        RowBuffer<T> buffer = new();
        foreach (T[] row in rows)
        {
            buffer.Add(row);
        }

        return buffer.ToSource();
    }

    /// <summary>Adds a copy of a row.</summary>
    /// <exception cref="VectorDataException">The row is null, empty or differs in length from the first row.</exception>
    public void Add(T[]? row)
    {
        RowLength.Check(row, Count, _dimension);
        Add(row.AsSpan());
    }

    /// <summary>Adds a copy of a row.</summary>
    /// <exception cref="VectorDataException">The row is empty or differs in length from the first row.</exception>
    public void Add(ReadOnlySpan<T> row)
    {
        RowLength.Check(row.Length, Count, _dimension);
        if (Count == 0)
        {
            _dimension = row.Length;
            _rowsPerSegment = Math.Max(1, ElementsPerSegment / _dimension);
        }

        row.CopyTo(NextRow());
        Count++;
    }

    /// <summary>Returns the rows as a source. No rows may be added afterwards.</summary>
    /// <exception cref="VectorDataException">There are no rows.</exception>
    public IRandomAccessVectorSource ToSource() => Count > 0
        ? new SegmentedVectorSource<T>([.. _segments], _rowsPerSegment, Count, _dimension)
        : throw RowLength.NoRows();

    private Span<T> NextRow()
    {
        int place = (int)(Count % _rowsPerSegment) * _dimension;
        if (place == 0)
        {
            // The first segment grows, so that few rows need little memory.
            _segments.Add(new T[Count == 0 ? FirstLength : _rowsPerSegment * _dimension]);
        }
        else if (place == _segments[^1].Length)
        {
            T[] larger = new T[Math.Min(2 * place / _dimension, _rowsPerSegment) * _dimension];
            _segments[^1].CopyTo(larger, 0);
            _segments[^1] = larger;
        }

        return _segments[^1].AsSpan(place, _dimension);
    }

    private int FirstLength => Math.Min(Math.Max(1, FirstElements / _dimension), _rowsPerSegment) * _dimension;
}
