namespace GmmNative.Initialization.Clustering;

/// <summary>
/// Which centroids share a group: ones that lie near each other, so that a row far from one is far from all. Found by halving the set again
/// and again across the coordinate in which it spreads most. Immutable.
/// </summary>
internal sealed class CentroidGrouping
{
    private readonly int[] _groupOf;

    /// <summary>Groups centroids.</summary>
    /// <param name="centroids">K x D.</param>
    /// <param name="dimension">D.</param>
    /// <param name="groupSize">Centroids of a group; the last may have fewer.</param>
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

    /// <summary>Places of a group.</summary>
    public int GroupSize { get; }

    /// <summary>Number of groups.</summary>
    public int Count { get; }

    /// <summary>The centroid at each place, ascending within a group; -1 for none.</summary>
    public int[] Places { get; }

    /// <summary>The group of a centroid.</summary>
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

    /// <summary>The coordinate of the largest variance.</summary>
    private static int Widest(ReadOnlySpan<double> centroids, int dimension, ReadOnlySpan<int> places)
    {
        int widest = 0;
        double most = -1;
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

            (widest, most) = spread > most ? (d, spread) : (widest, most);
        }

        return widest;
    }
}
