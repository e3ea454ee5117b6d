using GmmNative.Passes;
namespace GmmNative.Tests.Support;

/// <summary>A custom random-access source that copies rows and records which rows were read.</summary>
/// <param name="rows">T x D.</param>
/// <param name="dimension">D.</param>
/// <param name="reading">Told the first row and the number of rows of each read, from any thread.</param>
internal sealed class WatchedSource(double[] rows, int dimension, Action<long, int> reading) : IRandomAccessVectorSource
{
    public int Dimension => dimension;

    public long Count => rows.Length / dimension;

    public long? RowCount => Count;

    public void Read(long firstRow, Span<double> to)
    {
        reading(firstRow, to.Length / dimension);
        rows.AsSpan((int)firstRow * dimension, to.Length).CopyTo(to);
    }
}
