using GmmNative.Interop.Kernels;

namespace GmmNative.Initialization.Seeding;

/// <summary>Each row's squared distance from its nearest seed, and which that is. Threads work on different rows.</summary>
internal sealed class NearestSeeds
{
    /// <summary>More than the rounding of a few squared distances.</summary>
    private const double Slack = 1e-9;

    private readonly int _dimension;
    private readonly int _stride;
    private readonly double[] _seeds;
    private readonly int[] _labels;

    /// <summary>There are no seeds: every row is infinitely far.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="most">K: seeds that there will be.</param>
    /// <param name="dimension">D.</param>
    public NearestSeeds(int rows, int most, int dimension)
    {
        _dimension = dimension;
        _stride = PointGroups.PaddedStride(dimension);
        _seeds = new double[checked(most * _stride)];
        _labels = new int[rows];
        Squares = new double[rows];
        Squares.AsSpan().Fill(double.PositiveInfinity);
    }

    /// <summary>Seeds so far.</summary>
    public int Count { get; private set; }

    /// <summary>For each row its squared distance from the nearest seed.</summary>
    public double[] Squares { get; }

    /// <summary>For each row the number of its nearest seed.</summary>
    public Span<int> Labels => _labels;

    /// <summary>Adds a seed; rows are still to be told.</summary>
    public void Add(ReadOnlySpan<double> seed) => seed[.._dimension].CopyTo(_seeds.AsSpan(Count++ * _stride));

    /// <summary>The seeds, row-major.</summary>
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
    /// For each seed the square of a distance within which rows of that seed cannot be nearer to any of some points: half of that between
    /// the seed and the nearest of them (the triangle inequality).
    /// </summary>
    /// <param name="points">The points.</param>
    public double[] Reach(PointGroups points)
    {
        if (Count == 0)
        {
            // Labels say seed 0 before there is one.
            return [-1];
        }

        int[] all = [.. Enumerable.Range(0, Count)];
        double[] squares = new double[checked(Count * points.GroupSize)];
        PointDistances.Squares(points, 0, _seeds.AsSpan(0, Count * _stride), all, squares);
        double[] reach = new double[Count];
        for (int s = 0; s < Count; s++)
        {
            double least = double.PositiveInfinity;
            foreach (double square in squares.AsSpan(s * points.GroupSize, points.GroupSize))
            {
                least = Math.Min(least, square);
            }

            reach[s] = least * ((1 - Slack) / 4);
        }

        return reach;
    }
}
