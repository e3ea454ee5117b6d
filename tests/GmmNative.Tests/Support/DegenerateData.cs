namespace GmmNative.Tests.Support;

/// <summary>Rows that leave covariances undetermined, each in the character of what people feed programs.</summary>
internal static class DegenerateData
{
    private const int Count = 120;

    /// <summary>The names of all kinds.</summary>
    public static IReadOnlyList<string> Names =>
        ["sum", "shares", "percentages", "onehot", "fewPoints", "constant", "duplicated", "tiny", "fewRows", "large", "mixedScales",
            "lowRank", "integers"];

    /// <summary>Makes rows of a kind.</summary>
    public static (double[] Rows, int Dimension) Make(string name, int seed)
    {
        Random random = new(seed);
        double[][] rows = name switch
        {
            "sum" => Clusters(random, r => [r[0], r[1], r[0] + r[1]]),
            "shares" => Clusters(random, _ => Shares(random, 4, 1)),
            "percentages" => Clusters(random, _ => Shares(random, 3, 100)),
            "onehot" => Clusters(random, r => OneHot(random.Next(3), r[0])),
            "fewPoints" => Points(random, 5, 3),
            "constant" => Clusters(random, r => [r[0], 12.5, r[1]]),
            "duplicated" => Clusters(random, r => [r[0], r[1], r[0]]),
            "tiny" => Clusters(random, r => [1e-5 * r[0], 1e-5 * r[1], 1e-5 * (r[0] - r[1])]),
            "fewRows" => [.. Enumerable.Range(0, 6).Select(_ => RandomMixtures.Normals(random, 8))],
            "large" => Clusters(random, r => [1e7 * r[0], 1e7 * r[1], (1e7 * r[0]) + (2e7 * r[1])]),
            "mixedScales" => Clusters(random, r => [1e6 * r[0], r[1], (1e6 * r[0]) + r[1]]),
            "lowRank" => Clusters(random, r => [r[0], r[1], r[0] - r[1], (2 * r[0]) + r[1]]),
            "integers" => [.. Enumerable.Range(0, Count).Select(t => (double[])[t / 11, t % 11, (t / 11) + (t % 11)])],
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such kind."),
        };
        return ([.. rows.SelectMany(row => row)], rows[0].Length);
    }

    private static double[][] Clusters(Random random, Func<double[], double[]> make) => [.. Enumerable.Range(0, Count).Select(t =>
        make([(t % 3 * 2) + RandomMixtures.Normal(random), (t % 2 * 3) + RandomMixtures.Normal(random)]))];

    private static double[] Shares(Random random, int count, double total)
    {
        double[] parts = [.. Enumerable.Range(0, count).Select(i => -(i + 1) * Math.Log(1 - random.NextDouble()))];
        double sum = parts.Sum();
        return [.. parts.Select(part => total * part / sum)];
    }

    private static double[] OneHot(int which, double value) => [which == 0 ? 1 : 0, which == 1 ? 1 : 0, which == 2 ? 1 : 0, value];

    private static double[][] Points(Random random, int points, int dimension)
    {
        double[] few = RandomMixtures.Normals(random, points * dimension);
        return [.. Enumerable.Range(0, Count).Select(_ => few.AsSpan(random.Next(points) * dimension, dimension).ToArray())];
    }
}
