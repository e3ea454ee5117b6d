using GmmNative.Initialization.Seeding;
namespace GmmNative.Tests.Support;

/// <summary>
/// Linde, Buzo and Gray's splitting straight from its definition, on all rows, drawing the same random numbers in the same order.
/// </summary>
internal sealed class PlainLindeBuzoGray(double[] rows, int dimension, int components, LindeBuzoGrayOptions options, Random random)
{
    private readonly List<double[]> _centroids = [];
    private long[] _counts = [];
    private double[] _distortions = [];

    /// <summary>The most clusters that were split anew after one pass.</summary>
    public int MostMended { get; private set; }

    /// <summary>The number of passes after which a cluster stayed too small, because no cluster was large enough to split.</summary>
    public int LeftSmall { get; private set; }

    /// <summary>The clusters of the final codebook: rows and mean of each.</summary>
    public (long Count, double[] Mean)[] Run()
    {
        _centroids.Add(Mean(_ => true));
        Pass();
        foreach (int next in LindeBuzoGray.Sizes(components))
        {
            int size = _centroids.Count;
            int[] order = [.. Enumerable.Range(0, size).OrderByDescending(k => _distortions[k])];
            for (int i = 0; i < next - size; i++)
            {
                _centroids.Add([]);
                Split(order[i], size + i);
            }

            Settle();
        }

        int[] labels = Labels();
        return [.. Enumerable.Range(0, components).Select(k => (labels.LongCount(label => label == k), Mean(t => labels[t] == k)))];
    }

    private void Settle()
    {
        double previous = double.PositiveInfinity;
        for (int iteration = 1; ; iteration++)
        {
            double[][] means = Pass();
            double distance = _distortions.Sum();
            if (Math.Abs(previous - distance) <= options.Tolerance * distance)
            {
                return;
            }

            previous = distance;
            for (int k = 0; k < means.Length; k++)
            {
                _centroids[k] = _counts[k] > 0 ? means[k] : _centroids[k];
            }

            if (iteration == options.Iterations)
            {
                return;
            }

            Repair();
        }
    }

    private void Repair()
    {
        int mended = 0;
        long[] counts = [.. _counts];
        for (int k = 0; k < counts.Length; k++)
        {
            if (counts[k] >= options.MinDataPerCluster)
            {
                continue;
            }

            int largest = Array.IndexOf(counts, counts.Max());
            if (counts[largest] < 2 * options.MinDataPerCluster)
            {
                LeftSmall++;
                break;
            }

            Split(largest, k);
            mended++;
            long half = counts[largest] / 2;
            (counts[k], counts[largest]) = (half, counts[largest] - half);
        }

        MostMended = Math.Max(MostMended, mended);
    }

    /// <summary>Counts and distortions of the clusters; returns their means.</summary>
    private double[][] Pass()
    {
        int[] labels = Labels();
        _counts = new long[_centroids.Count];
        _distortions = new double[_centroids.Count];
        for (int t = 0; t < labels.Length; t++)
        {
            _counts[labels[t]]++;
            _distortions[labels[t]] += Square(t, _centroids[labels[t]]);
        }

        return [.. Enumerable.Range(0, _centroids.Count).Select(k => Mean(t => labels[t] == k))];
    }

    private int[] Labels() => [.. Enumerable.Range(0, rows.Length / dimension).Select(
        t => Enumerable.Range(0, _centroids.Count).MinBy(k => Square(t, _centroids[k])))];

    private double Square(int row, double[] centroid) =>
        Enumerable.Range(0, dimension).Sum(d => Math.Pow(rows[(row * dimension) + d] - centroid[d], 2));

    private double[] Mean(Func<int, bool> isIn)
    {
        int[] own = [.. Enumerable.Range(0, rows.Length / dimension).Where(isIn)];
        return [.. Enumerable.Range(0, dimension).Select(d => own.Sum(t => rows[(t * dimension) + d]) / Math.Max(own.Length, 1))];
    }

    private void Split(int from, int to)
    {
        double[] center = _centroids[from];
        double[] all = Mean(_ => true);
        double[] offset = [.. Enumerable.Range(0, dimension).Select(d =>
        {
            double variance = Enumerable.Range(0, rows.Length / dimension).Average(t => Math.Pow(rows[(t * dimension) + d] - all[d], 2));
            return options.PerturbationFactor * Math.Sqrt(variance) * RandomMixtures.Normal(random);
        })];
        _centroids[from] = [.. center.Zip(offset, (c, o) => c + o)];
        _centroids[to] = [.. center.Zip(offset, (c, o) => c - o)];
    }
}
