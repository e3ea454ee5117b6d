namespace GmmNative.Initialization.Clustering;

/// <summary>
/// The partition of centroids into groups. The centroids of a group are near each other, so a row far from one of them is far from all. The
/// groups come from recursive bisection along the coordinate with the largest variance. Immutable.
/// </summary>
internal sealed class CentroidGrouping
{
    private readonly int[] _groupOf;

    /// <summary>Groups centroids.</summary>
    /// <param name="centroids">K x D.</param>
    /// <param name="dimension">D.</param>
    /// <param name="groupSize">The number of centroids per group; the last group may have fewer.</param>
    public CentroidGrouping(ReadOnlySpan<double> centroids, int dimension, int groupSize)
    {
        int clusters = centroids.Length / dimension;
        GroupSize = groupSize;
        Count = (clusters + groupSize - 1) / groupSize;
        Places = new int[checked(Count * groupSize)];
        Places.AsSpan().Fill(-1);
        for (int k = 0; k < clusters; k++)
        {
            Places[k] = k;
        }

        Halve(centroids, dimension, Places.AsSpan(0, clusters));
        _groupOf = new int[clusters];
        for (int place = 0; place < Places.Length; place++)
        {
            if (Places[place] >= 0)
            {
                _groupOf[Places[place]] = place / groupSize;
            }
        }
    }

    /// <summary>The number of positions per group.</summary>
    public int GroupSize { get; }

    /// <summary>The number of groups.</summary>
    public int Count { get; }

    /// <summary>The centroid at each position, ascending within a group; -1 for an empty position.</summary>
    public int[] Places { get; }

    /// <summary>Returns the group of a centroid.</summary>
    public int GroupOf(int centroid) => _groupOf[centroid];

    private void Halve(ReadOnlySpan<double> centroids, int dimension, Span<int> places)
    {
        int groups = (places.Length + GroupSize - 1) / GroupSize;
        if (groups <= 1)
        {
            places.Sort();
            return;
        }

        int widest = Widest(centroids, dimension, places);
        double[] keys = new double[places.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = centroids[(places[i] * dimension) + widest];
        }

        keys.AsSpan().Sort(places);
        int middle = groups / 2 * GroupSize;
        Halve(centroids, dimension, places[..middle]);
        Halve(centroids, dimension, places[middle..]);
    }

    /// <summary>Returns the coordinate with the largest variance.</summary>
    private static int Widest(ReadOnlySpan<double> centroids, int dimension, ReadOnlySpan<int> places)
    {
        int widest = 0;
        double maximum = -1;
        for (int d = 0; d < dimension; d++)
        {
            double mean = 0;
            foreach (int place in places)
            {
                mean += centroids[(place * dimension) + d] / places.Length;
            }

            double spread = 0;
            foreach (int place in places)
            {
                double difference = centroids[(place * dimension) + d] - mean;
                spread += difference * difference;
            }

            (widest, maximum) = spread > maximum ? (d, spread) : (widest, maximum);
        }

        return widest;
    }
}
