namespace GmmNative.Tests.Support;

/// <summary>More rows than any memory holds: all of them are one zero.</summary>
/// <param name="count">T.</param>
internal sealed class VirtualSource(long count) : IRandomAccessVectorSource
{
    private static readonly double[] Zeros = new double[1 << 20];

    public int Dimension => 1;

    public long Count => count;

    public long? RowCount => count;

    public void Read(long firstRow, Span<double> rows) => rows.Clear();

    public bool TryGetRows(long firstRow, int rowCount, out ReadOnlySpan<double> rows)
    {
        rows = Zeros.AsSpan(0, rowCount);
        return true;
    }
}
