namespace GmmNative.Passes;

/// <summary>Distributes groups of a source that is read sequentially: one thread reads a group while the others compute.</summary>
internal sealed class SequentialRowFeed(IVectorSource source, ChunkGeometry geometry, int? batchSize) : RowFeed
{
    private readonly Lock _lock = new();
    private readonly int _dimension = source.Dimension;
    private readonly IVectorReader _reader = source.OpenReader();
    private long _nextIndex;
    private long _nextRow;
    private bool _ended;

    public override int BufferLength { get; } = checked(geometry.GroupRows * source.Dimension);

    public override bool TryTake(double[] buffer, out RowGroup group)
    {
        lock (_lock)
        {
            int count = 0;
            while (!_ended && count < geometry.GroupRows)
            {
                int wanted = Math.Min(batchSize ?? int.MaxValue, geometry.GroupRows - count);
                int read = _reader.Read(buffer.AsSpan(count * _dimension, wanted * _dimension));
                _ended = read == 0;
                count += read;
            }

            group = new RowGroup(_nextIndex, _nextRow, count);
            _nextIndex++;
            _nextRow += count;
            return count > 0;
        }
    }

    public override ReadOnlySpan<double> GetChunk(double[] buffer, in RowGroup group, int offset, int count) =>
        buffer.AsSpan(offset * _dimension, count * _dimension);

    public override void Dispose() => _reader.Dispose();
}
