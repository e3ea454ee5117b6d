using GmmNative.Data;
using GmmNative.Interop.Kernels;
using GmmNative.Passes;

namespace GmmNative.Initialization.Clustering;

/// <summary>
/// The state that k-means keeps for each row between passes: the nearest centroid, and for each group of centroids a lower bound on the
/// distance to the group's other centroids. Centroids move little between passes. By the triangle inequality, a distance decreases by at
/// most the largest movement in the group, so most rows need not be compared with most groups again. Sources: Elkan, 2003; Ding and others,
/// 2015, "Yinyang".
/// </summary>
/// <remarks>
/// Bounds only save work. They are rounded to the safe side, so every row is assigned to its nearest centroid exactly as without bounds.
/// They are indexed by row number and depend only on the row and the centroids, not on threads or batches. Several threads may use the
/// state for disjoint rows. Bounds are stored in single precision, in units of the size of the data, plus the accumulated movement of their
/// group at the time they were computed. A movement therefore need not be subtracted from every bound. The distance of a row from its own
/// centroid is stored likewise, minus the accumulated movement of that centroid.
/// </remarks>
internal sealed class DistanceBounds
{
    /// <summary>Squares below this value have lost digits to underflow.</summary>
    private const double MinimumSquare = 1e-280;

    /// <summary>A bound on the relative rounding error of any distance and of the conversion to single precision.</summary>
    private const double Slack = 1.0 / (1 << 21);

    /// <summary>Smaller bounds are not used, because single precision loses digits not far below this value.</summary>
    private const float MinimumBound = 1e-30f;

    private const int MaximumGroups = 64;
    private const int MaximumBounds = 1 << 24;
    private const int MaximumRows = 1 << 26;

    private readonly int _dimension;
    private readonly double _scale;
    private readonly double[] _drift;
    private readonly float[] _driftAbove;
    private readonly double[] _ownDrift;
    private readonly float[] _ownDriftAbove;
    private readonly int[] _labels;
    private readonly float[] _reaches;
    private readonly float[] _bounds;
    private double[] _centroids;

    /// <summary>Creates the state before the first pass.</summary>
    /// <param name="centroids">The K x D centroids of the first pass, which determine the groups.</param>
    /// <param name="summary">The summary of the rows, for their number.</param>
    /// <param name="scaling">The coordinates of the centroids.</param>
    public DistanceBounds(ReadOnlySpan<double> centroids, DataSummary summary, RowScaling scaling)
    {
        _dimension = summary.Mean.Length;
        Clusters = centroids.Length / _dimension;
        IsKept = summary.Rows <= MaximumRows;
        int groupSize = PointGroups.Lanes;
        long maximumGroups = IsKept ? Math.Clamp(MaximumBounds / Math.Max(1, summary.Rows), 1, MaximumGroups) : MaximumGroups;
        while (groupSize * maximumGroups < Clusters)
        {
            groupSize *= 2;
        }

        Grouping = new CentroidGrouping(centroids, _dimension, groupSize);
        _centroids = centroids.ToArray();
        _drift = new double[Grouping.Count];
        _driftAbove = new float[Grouping.Count];
        _ownDrift = new double[Clusters];
        _ownDriftAbove = new float[Clusters];
        int rows = IsKept ? (int)summary.Rows : 0;
        _labels = GC.AllocateUninitializedArray<int>(rows);
        _reaches = GC.AllocateUninitializedArray<float>(rows);
        _bounds = GC.AllocateUninitializedArray<float>(checked(rows * Grouping.Count));

        double square = 0;
        foreach (double deviation in scaling.Deviations)
        {
            square += deviation * deviation;
        }

        // A power of two, so that scaling the data by a power of two does not change the bounds.
        _scale = double.IsNormal(square) ? Math.ScaleB(1, -Math.ILogB(Math.Sqrt(square))) : 1;
    }

    /// <summary>The number of clusters, K.</summary>
    public int Clusters { get; }

    /// <summary>The groups of the centroids.</summary>
    public CentroidGrouping Grouping { get; }

    /// <summary>Whether bounds are stored. They are not if there are too many rows.</summary>
    public bool IsKept { get; }

    /// <summary>Whether a pass over all rows has filled the bounds.</summary>
    public bool IsFilled { get; private set; }

    /// <summary>The accumulated movement of each group, rounded up, in the units of <see cref="Above"/>.</summary>
    public ReadOnlySpan<float> Drift => _driftAbove;

    /// <summary>The accumulated movement of each centroid since the first pass, rounded up, in the units of <see cref="Above"/>.</summary>
    public ReadOnlySpan<float> OwnDrift => _ownDriftAbove;

    /// <summary>Returns the nearest centroids of consecutive rows.</summary>
    public Span<int> Labels(long firstRow, int count) => _labels.AsSpan(Place(firstRow, count), count);

    /// <summary>
    /// Returns the reaches of consecutive rows. The distance of a row from its centroid is at most its reach plus the
    /// <see cref="OwnDrift"/> of the centroid.
    /// </summary>
    public Span<float> Reaches(long firstRow, int count) => _reaches.AsSpan(Place(firstRow, count), count);

    /// <summary>Returns the bounds of consecutive rows: one per group, row after row.</summary>
    public Span<float> Bounds(long firstRow, int count) => _bounds.AsSpan(Place(firstRow, count) * Grouping.Count, count * Grouping.Count);

    /// <summary>Marks the end of a pass.</summary>
    public void CompletePass() => IsFilled = IsKept;

    /// <summary>Records new positions of the centroids.</summary>
    public void MoveTo(ReadOnlySpan<double> centroids)
    {
        double[] farthest = new double[_drift.Length];
        for (int k = 0; k < Clusters; k++)
        {
            double square = 0;
            for (int i = k * _dimension; i < (k + 1) * _dimension; i++)
            {
                double difference = centroids[i] - _centroids[i];
                square += difference * difference;
            }

            bool moved = !centroids.Slice(k * _dimension, _dimension).SequenceEqual(_centroids.AsSpan(k * _dimension, _dimension));
            if (moved)
            {
                double distance = UpperRoot(square);
                ref double move = ref farthest[Grouping.GroupOf(k)];
                move = Math.Max(move, distance);
                _ownDrift[k] += distance * _scale;
                _ownDriftAbove[k] = RoundUp(_ownDrift[k]);
            }
        }

        for (int g = 0; g < farthest.Length; g++)
        {
            _drift[g] += farthest[g] * _scale;
            _driftAbove[g] = RoundUp(_drift[g]);
        }

        _centroids = centroids.ToArray();
    }

    /// <summary>
    /// Returns an upper bound on the distance with the given square. If the bound of a group is at least this value plus the
    /// <see cref="Drift"/>
    /// of the group, no centroid of the group is nearer.
    /// </summary>
    public float Above(double square) => RoundUp(UpperRoot(square) * _scale);

    /// <summary>Returns the reach to store for a row, given the square of its distance from its centroid.</summary>
    public float Reach(double square, int centroid)
    {
        // The drift may be far larger than the difference, and the rounding error is relative to the drift.
        double distance = UpperRoot(square) * _scale;
        double drift = _ownDrift[centroid];
        return (float)(distance - drift + ((distance + drift) * Slack)) + MinimumBound;
    }

    /// <summary>Returns the bound to store for a group, given the square of the distance to its nearest centroid.</summary>
    public float Bound(double square, int group)
    {
        // The largest finite square represents squares that overflow, and groups without another centroid.
        double distance = square > MinimumSquare ? Math.Sqrt(Math.Min(square, double.MaxValue)) : 0;
        double bound = ((distance * _scale) + _drift[group]) * (1 - Slack);
        return bound > MinimumBound ? (float)Math.Min(bound, float.MaxValue) : 0;
    }

    private int Place(long firstRow, int count) => firstRow + count <= _labels.Length
        ? (int)firstRow
        : throw SameRows.OtherCount(firstRow + count, _labels.Length);

    private static float RoundUp(double value) => (float)(value * (1 + Slack)) + MinimumBound;

    private static double UpperRoot(double square) => Math.Sqrt(Math.Max(square, MinimumSquare));
}
