namespace GmmNative.Data;

/// <summary>A pass over a random-access source.</summary>
internal sealed class RandomAccessVectorReader(IRandomAccessVectorSource source) : IVectorReader
{
    private long _next;

    public int Read(Span<double> rows)
    {
        int count = (int)Math.Min(rows.Length / source.Dimension, source.Count - _next);
        source.Read(_next, rows[..(count * source.Dimension)]);
        _next += count;
        return count;
    }

    public void Dispose()
    {
    }
}
