using CommunityToolkit.HighPerformance;

namespace GmmNative.Tests.Support;

/// <summary>Rows in batches of odd sizes, empty ones among them, read from front to back only.</summary>
internal static class Batches
{
    public static BatchVectorSource Of(double[] rows, int dimension, bool tellsCount = true) =>
        new(dimension, () => Cut(rows, dimension), tellsCount ? rows.Length / dimension : null);

    private static IEnumerable<ReadOnlyMemory2D<double>> Cut(double[] rows, int dimension)
    {
        int[] sizes = [1, 7, 0, 130, 3, 501, 64];
        int count = rows.Length / dimension;
        int turn = 0;
        for (int first = 0; first < count;)
        {
            int size = Math.Min(sizes[turn++ % sizes.Length], count - first);
            yield return ((ReadOnlyMemory<double>)rows).Slice(first * dimension, size * dimension).AsMemory2D(size, dimension);
            first += size;
        }
    }
}
