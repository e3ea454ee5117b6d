namespace GmmNative.Passes;

/// <summary>Hands out the groups of one pass to the threads that ask, each group once.</summary>
internal abstract class RowFeed : IDisposable
{
    /// <summary>Opens a pass.</summary>
    /// <param name="source">The rows.</param>
    /// <param name="geometry">How they are cut up.</param>
    /// <param name="batchSize">Most rows to ask of the source at a time.</param>
    public static RowFeed Open(IVectorSource source, ChunkGeometry geometry, int? batchSize) =>
        source is IRandomAccessVectorSource randomAccess
        ? new RandomAccessRowFeed(randomAccess, geometry, batchSize)
        : new SequentialRowFeed(source, geometry, batchSize);

    /// <summary>Elements of the memory that one thread reads rows into.</summary>
    public abstract int BufferLength { get; }

    /// <summary>Takes the next group.</summary>
    /// <param name="buffer">The calling thread's memory.</param>
    /// <param name="group">The group.</param>
    /// <returns>False at the end.</returns>
    public abstract bool TryTake(double[] buffer, out RowGroup group);

    /// <summary>Rows of a group taken with the same buffer; valid until the next call with it.</summary>
    public abstract ReadOnlySpan<double> GetChunk(double[] buffer, in RowGroup group, int offset, int count);

    /// <inheritdoc/>
    public abstract void Dispose();
}
