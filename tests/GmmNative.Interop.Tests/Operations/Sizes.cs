namespace GmmNative.Interop.Tests;

/// <summary>The sizes operations are tested at: around the widths of vectors, register tiles, row strips and cache blocks.</summary>
internal static class Sizes
{
    /// <summary>The most products in a reference computation.</summary>
    private const long Work = 300_000;

    public static IReadOnlyList<int> All { get; } = [0, 1, 2, 3, 5, 7, 8, 9, 13, 16, 17, 23, 24, 25, 31, 33, 39, 64, 65, 100, 257];

    /// <summary>All combinations of three of 0, 1, 2, 3, then random ones whose reference is quickly computed; always the same.</summary>
    public static IEnumerable<(int M, int N, int K)> Triples(int seed)
    {
        for (int i = 0; i < 64; i++)
        {
            yield return (i & 3, (i >> 2) & 3, i >> 4);
        }

        foreach ((int M, int N, int K) size in RandomTriples(seed, All))
        {
            yield return size;
        }
    }

    /// <summary>
    /// <see cref="Triples"/>, then sizes for the products in row strips: the third one around the block of sums in which a product of
    /// strips is made, any of them around strips of <paramref name="width"/> rows.
    /// </summary>
    public static IEnumerable<(int M, int N, int K)> StripTriples(int seed, int width)
    {
        foreach ((int M, int N, int K) size in Triples(seed))
        {
            yield return size;
        }

        foreach (int k in (int[])[191, 192, 193, 383, 384, 385])
        {
            yield return (1, 1, k);
            yield return (9, width + 1, k);
            yield return (16, width, k);
        }

        int[] around = [6, 12, 32, 40, width - 1, width, width + 1, (2 * width) - 1, 2 * width, (2 * width) + 1, 3 * width, 192];
        foreach ((int M, int N, int K) size in RandomTriples(seed + 1000, [.. All, .. around]))
        {
            yield return size;
        }
    }

    private static IEnumerable<(int M, int N, int K)> RandomTriples(int seed, IReadOnlyList<int> sizes)
    {
        var random = new Random(seed);
        for (int found = 0; found < 100;)
        {
            (int m, int n, int k) = (sizes[random.Next(sizes.Count)], sizes[random.Next(sizes.Count)], sizes[random.Next(sizes.Count)]);
            if ((long)m * n * k <= Work)
            {
                found++;
                yield return (m, n, k);
            }
        }
    }
}
