namespace GmmNative.Interop.Tests;

/// <summary>The sizes operations are tested at: around the widths of vectors, register tiles and cache blocks.</summary>
internal static class Sizes
{
    public static IReadOnlyList<int> All { get; } = [0, 1, 2, 3, 5, 7, 8, 9, 13, 16, 17, 23, 24, 25, 31, 33, 39, 64, 65, 100, 257];

    /// <summary>All combinations of three of 0, 1, 2, 3, then random ones whose reference is quickly computed; always the same.</summary>
    public static IEnumerable<(int M, int N, int K)> Triples(int seed)
    {
        for (int i = 0; i < 64; i++)
        {
            yield return (i & 3, (i >> 2) & 3, i >> 4);
        }

        var random = new Random(seed);
        for (int found = 0; found < 100;)
        {
            (int m, int n, int k) = (All[random.Next(All.Count)], All[random.Next(All.Count)], All[random.Next(All.Count)]);
            if ((long)m * n * k <= 300_000)
            {
                found++;
                yield return (m, n, k);
            }
        }
    }
}
