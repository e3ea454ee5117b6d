namespace GmmNative.Passes;

/// <summary>Distributes groups of a random-access source: each thread reads its own chunks, without a lock.</summary>
internal sealed class RandomAccessRowFeed(IRandomAccessVectorSource source, ChunkGeometry geometry, int? batchSize) : RowFeed
{
    private readonly int _dimension = source.Dimension;
    private readonly long _count = source.Count;
    private long _next;

    public override int BufferLength { get; } = checked(geometry.ChunkRows * source.Dimension);

    public override bool TryTake(double[] buffer, out RowGroup group)
    {
        long index = Interlocked.Increment(ref _next) - 1;
        long first = index * geometry.GroupRows;
        if (first >= _count)
        {
            group = default;
            return false;
        }

        group = new RowGroup(index, first, (int)Math.Min(geometry.GroupRows, _count - first));
        return true;
    }

    public override ReadOnlySpan<double> GetChunk(double[] buffer, in RowGroup group, int offset, int count)
    {
        if (source.TryGetRows(group.FirstRow + offset, count, out ReadOnlySpan<double> rows))
        {
            return rows;
        }

        int maximum = batchSize ?? count;
        for (int done = 0; done < count; done += maximum)
        {
            int read = Math.Min(maximum, count - done);
            source.Read(group.FirstRow + offset + done, buffer.AsSpan(done * _dimension, read * _dimension));
        }

        return buffer.AsSpan(0, count * _dimension);
    }

    public override void Dispose()
    {
    }
}
