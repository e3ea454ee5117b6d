using GmmNative.Interop.Kernels;

namespace GmmNative.Initialization.Seeding;

/// <summary>The nearest seed of each row and the squared distance to it. Several threads may use it for disjoint rows.</summary>
internal sealed class NearestSeeds
{
    /// <summary>A bound on the relative rounding error of a few squared distances.</summary>
    private const double Slack = 1e-9;

    private readonly int _dimension;
    private readonly int _stride;
    private readonly double[] _seeds;
    private readonly int[] _labels;

    /// <summary>Creates the state without seeds: every distance is infinite.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="maximumSeeds">The final number of seeds, K.</param>
    /// <param name="dimension">D.</param>
    public NearestSeeds(int rows, int maximumSeeds, int dimension)
    {
        _dimension = dimension;
        _stride = PointGroups.PaddedStride(dimension);
        _seeds = new double[checked(maximumSeeds * _stride)];
        _labels = new int[rows];
        Squares = new double[rows];
        Squares.AsSpan().Fill(double.PositiveInfinity);
    }

    /// <summary>The number of seeds so far.</summary>
    public int Count { get; private set; }

    /// <summary>For each row, the squared distance from its nearest seed.</summary>
    public double[] Squares { get; }

    /// <summary>For each row, the index of its nearest seed.</summary>
    public Span<int> Labels => _labels;

    /// <summary>Adds a seed without updating the distances of the rows.</summary>
    public void Add(ReadOnlySpan<double> seed) => seed[.._dimension].CopyTo(_seeds.AsSpan(Count++ * _stride));

    /// <summary>Returns the seeds, row-major.</summary>
    public double[] ToCentroids()
    {
        double[] centroids = new double[Count * _dimension];
        for (int s = 0; s < Count; s++)
        {
            _seeds.AsSpan(s * _stride, _dimension).CopyTo(centroids.AsSpan(s * _dimension));
        }

        return centroids;
    }

    /// <summary>
    /// Computes, for each seed, a squared distance below which a row of that seed cannot be nearer to any of the given points. By the
    /// triangle inequality, that distance is half the distance between the seed and the nearest point.
    /// </summary>
    /// <param name="points">The points.</param>
    public double[] Reach(PointGroups points)
    {
        if (Count == 0)
        {
            // All labels are 0 before the first seed exists.
            return [-1];
        }

        int[] all = [.. Enumerable.Range(0, Count)];
        double[] squares = new double[checked(Count * points.GroupSize)];
        PointDistances.Squares(points, 0, _seeds.AsSpan(0, Count * _stride), all, squares);
        double[] reach = new double[Count];
        for (int s = 0; s < Count; s++)
        {
            double minimum = double.PositiveInfinity;
            foreach (double square in squares.AsSpan(s * points.GroupSize, points.GroupSize))
            {
                minimum = Math.Min(minimum, square);
            }

            reach[s] = minimum * ((1 - Slack) / 4);
        }

        return reach;
    }
}
