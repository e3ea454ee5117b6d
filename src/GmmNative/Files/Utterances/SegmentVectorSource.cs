using GmmNative.Errors;
using GmmNative.Files.Options;

namespace GmmNative.Files.Utterances;

/// <summary>Matrices of one or more files, one per utterance, as one data set. Rows are read when they are needed.</summary>
internal sealed class SegmentVectorSource : IRandomAccessVectorSource
{
    private readonly KeyedSegment[] _segments;
    private readonly string _name;
    private readonly IDisposable? _owned;

    // The first row of each matrix, and T at the end.
    private readonly long[] _starts;
    private volatile bool _disposed;

    /// <summary>Creates the source.</summary>
    /// <param name="segments">At least one matrix, each with at least one row, all of the same dimension.</param>
    /// <param name="name">The name of the input in messages.</param>
    /// <param name="owned">What the source disposes: the file, or the pool of files.</param>
    public SegmentVectorSource(IReadOnlyList<KeyedSegment> segments, string name, IDisposable? owned)
    {
        _segments = [.. segments];
        _name = name;
        _owned = owned;
        _starts = new long[_segments.Length + 1];
        for (int i = 0; i < _segments.Length; i++)
        {
            _starts[i + 1] = checked(_starts[i] + _segments[i].Matrix.RowCount);
        }

        Utterances = [.. _segments.Select((segment, i) => new Utterance(segment.Key, _starts[i], segment.Matrix.RowCount))];
    }

    /// <inheritdoc/>
    public int Dimension => _segments[0].Matrix.Dimension;

    /// <inheritdoc/>
    public long Count => _starts[^1];

    /// <inheritdoc/>
    public long? RowCount => Count;

    /// <inheritdoc/>
    public IReadOnlyList<Utterance> Utterances { get; }

    /// <inheritdoc/>
    public void Read(long firstRow, Span<double> rows)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        int left = RowRange.Check(this, firstRow, rows);
        for (int i = left == 0 ? 0 : SegmentOf(firstRow); left > 0; i++)
        {
            int count = (int)Math.Min(left, _starts[i + 1] - firstRow);
            _segments[i].Matrix.Read(firstRow - _starts[i], rows[..(count * Dimension)]);
            rows = rows[(count * Dimension)..];
            firstRow += count;
            left -= count;
        }
    }

    /// <inheritdoc/>
    public string DescribeRow(long row)
    {
        if (row < 0 || row >= Count)
        {
            return $"{_name}, row {row + 1}";
        }

        int segment = SegmentOf(row);
        return $"{_name}, utterance {MessageText.Quote(_segments[segment].Key)}, row {row - _starts[segment] + 1}";
    }

    /// <summary>Closes the files.</summary>
    public void Dispose()
    {
        _disposed = true;
        _owned?.Dispose();
    }

    private int SegmentOf(long row)
    {
        int index = Array.BinarySearch(_starts, row);
        return index >= 0 ? index : ~index - 1;
    }
}
