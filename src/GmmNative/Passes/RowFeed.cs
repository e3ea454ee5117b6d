using GmmNative.Data;

namespace GmmNative.Passes;

/// <summary>Hands out the groups of one pass to the threads that ask, each group once.</summary>
internal abstract class RowFeed : IDisposable
{
    private ReadOnlyMemory<double> _weights;

    /// <summary>Opens a pass.</summary>
    /// <param name="source">The rows.</param>
    /// <param name="geometry">How they are cut up.</param>
    /// <param name="batchSize">Maximum number of rows to ask of the source at a time.</param>
    /// <param name="weights">A weight for each row; empty where all are one.</param>
    public static RowFeed Open(
        IVectorSource source, ChunkGeometry geometry, int? batchSize, ReadOnlyMemory<double> weights = default)
    {
        RowFeed feed = source is IRandomAccessVectorSource randomAccess
            ? new RandomAccessRowFeed(randomAccess, geometry, batchSize)
            : new SequentialRowFeed(source, geometry, batchSize);
        feed._weights = weights;
        return feed;
    }

    /// <summary>Elements of the memory that one thread reads rows into.</summary>
    public abstract int BufferLength { get; }

    /// <summary>Takes the next group.</summary>
    /// <param name="buffer">The calling thread's memory.</param>
    /// <param name="group">The group.</param>
    /// <returns>False at the end.</returns>
    public abstract bool TryTake(double[] buffer, out RowGroup group);

    /// <summary>Rows of a group taken with the same buffer; valid until the next call with it.</summary>
    public abstract ReadOnlySpan<double> GetChunk(double[] buffer, in RowGroup group, int offset, int count);

    /// <summary>The weights of rows of a group; empty where all are one.</summary>
    /// <exception cref="VectorDataException">The source gave more rows than there are weights.</exception>
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
