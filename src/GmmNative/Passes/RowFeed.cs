using GmmNative.Data;

namespace GmmNative.Passes;

/// <summary>Distributes the groups of a pass to threads, each group once.</summary>
internal abstract class RowFeed : IDisposable
{
    private ReadOnlyMemory<double> _weights;

    /// <summary>Opens a pass.</summary>
    /// <param name="source">The rows.</param>
    /// <param name="geometry">The division of the rows.</param>
    /// <param name="batchSize">The maximum number of rows to read from the source at a time.</param>
    /// <param name="weights">A weight per row; empty if all weights are 1.</param>
    public static RowFeed Open(
        IVectorSource source, ChunkGeometry geometry, int? batchSize, ReadOnlyMemory<double> weights = default)
    {
        RowFeed feed = source is IRandomAccessVectorSource randomAccess
            ? new RandomAccessRowFeed(randomAccess, geometry, batchSize)
            : new SequentialRowFeed(source, geometry, batchSize);
        feed._weights = weights;
        return feed;
    }

    /// <summary>The number of elements of the buffer into which a thread reads rows.</summary>
    public abstract int BufferLength { get; }

    /// <summary>Takes the next group.</summary>
    /// <param name="buffer">The buffer of the calling thread.</param>
    /// <param name="group">The group.</param>
    /// <returns>False if there are no more groups.</returns>
    public abstract bool TryTake(double[] buffer, out RowGroup group);

    /// <summary>Returns rows of a group that was taken with the same buffer; valid until the next call with this buffer.</summary>
    public abstract ReadOnlySpan<double> GetChunk(double[] buffer, in RowGroup group, int offset, int count);

    /// <summary>Returns the weights of rows of a group; empty if all weights are 1.</summary>
    /// <exception cref="VectorDataException">The source returned more rows than there are weights.</exception>
    public ReadOnlySpan<double> GetWeights(in RowGroup group, int offset, int count)
    {
        if (_weights.IsEmpty)
        {
            return [];
        }

        long first = group.FirstRow + offset;
        return first + count <= _weights.Length
            ? _weights.Span.Slice((int)first, count)
            : throw SameRows.OtherCount(first + count, _weights.Length);
    }

    /// <inheritdoc/>
    public abstract void Dispose();
}
