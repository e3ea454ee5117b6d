using GmmNative.Data;
using GmmNative.Interop.Kernels;
using GmmNative.Passes;

namespace GmmNative.Initialization.Clustering;

/// <summary>
/// What k-means remembers of each row from one pass to the next: its nearest centroid, and for each group of centroids a distance that none
/// of
/// the group but that one is nearer than. Centroids move little from pass to pass; by the triangle inequality, what a group's farthest
/// mover has
/// moved is all that the distance can have shrunk, and most rows need not look at most groups again (Elkan, 2003; Ding and others, 2015,
/// "Yinyang").
/// </summary>
/// <remarks>
/// Bounds only spare work: they are rounded to the safe side, so that every row is given to its nearest centroid, as if none were kept.
/// They hold by
/// the number of the row; what is known of a row depends on that row and the centroids alone, neither on threads nor on batches. Threads
/// work on different rows. Bounds are single precision, in units of the data's size, plus what their group had moved by when they were
/// taken:
/// so moves need not be taken off every one of them. The distance from a row's own centroid is kept likewise, less what that centroid had
/// moved by.
/// </remarks>
internal sealed class DistanceBounds
{
    /// <summary>Squares below this have lost digits to underflow.</summary>
    private const double LeastSquare = 1e-280;

    /// <summary>Far more than the rounding to single precision, and than that of any distance.</summary>
    private const double Slack = 1.0 / (1 << 21);

    /// <summary>Bounds below this are not used: single precision loses digits not far below.</summary>
    private const float LeastBound = 1e-30f;

    private const int MostGroups = 64;
    private const int MostBounds = 1 << 24;
    private const int MostRows = 1 << 26;

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

    /// <summary>Knows nothing yet.</summary>
    /// <param name="centroids">K x D: those of the first pass, which decide the groups.</param>
    /// <param name="summary">The rows: their number.</param>
    /// <param name="scaling">The coordinates of the centroids.</param>
    public DistanceBounds(ReadOnlySpan<double> centroids, DataSummary summary, RowScaling scaling)
    {
        _dimension = summary.Mean.Length;
        Clusters = centroids.Length / _dimension;
        IsKept = summary.Rows <= MostRows;
        int groupSize = PointGroups.Lanes;
        long most = IsKept ? Math.Clamp(MostBounds / Math.Max(1, summary.Rows), 1, MostGroups) : MostGroups;
        while (groupSize * most < Clusters)
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

        // A power of two: data scaled by one give the same bounds.
        _scale = double.IsNormal(square) ? Math.ScaleB(1, -Math.ILogB(Math.Sqrt(square))) : 1;
    }

    /// <summary>K.</summary>
    public int Clusters { get; }

    /// <summary>The groups of the centroids.</summary>
    public CentroidGrouping Grouping { get; }

    /// <summary>Whether rows are remembered at all: where there are very many they are not.</summary>
    public bool IsKept { get; }

    /// <summary>Whether a pass has gone over all rows.</summary>
    public bool IsFilled { get; private set; }

    /// <summary>For each group what a distance must exceed a bound by, in <see cref="Above"/>'s units.</summary>
    public ReadOnlySpan<float> Drift => _driftAbove;

    /// <summary>For each centroid what it has moved by since the first pass, in <see cref="Above"/>'s units.</summary>
    public ReadOnlySpan<float> OwnDrift => _ownDriftAbove;

    /// <summary>The nearest centroids of some rows.</summary>
    public Span<int> Labels(long firstRow, int count) => _labels.AsSpan(Place(firstRow, count), count);

    /// <summary>For some rows what, with its centroid's <see cref="OwnDrift"/>, a row is not farther from its centroid than.</summary>
    public Span<float> Reaches(long firstRow, int count) => _reaches.AsSpan(Place(firstRow, count), count);

    /// <summary>The bounds of some rows: one for each group, row after row.</summary>
    public Span<float> Bounds(long firstRow, int count) => _bounds.AsSpan(Place(firstRow, count) * Grouping.Count, count * Grouping.Count);

    /// <summary>A pass is over.</summary>
    public void CompletePass() => IsFilled = IsKept;

    /// <summary>The centroids are now elsewhere.</summary>
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
    /// A number not below the distance whose square is given; none of a group is nearer whose bound is at least this and its <see
    /// cref="Drift"/>.
    /// </summary>
    public float Above(double square) => RoundUp(UpperRoot(square) * _scale);

    /// <summary>What to remember of a row at the distance whose square is given from its centroid.</summary>
    public float Reach(double square, int centroid)
    {
        // The drift may be far larger than the difference: it is that which rounding is relative to.
        double distance = UpperRoot(square) * _scale;
        double drift = _ownDrift[centroid];
        return (float)(distance - drift + ((distance + drift) * Slack)) + LeastBound;
    }

    /// <summary>The bound of a group none of which is nearer than the distance whose square is given.</summary>
    public float Bound(double square, int group)
    {
        // The largest finite square stands for those that overflow and for no centroid at all.
        double distance = square > LeastSquare ? Math.Sqrt(Math.Min(square, double.MaxValue)) : 0;
        double bound = ((distance * _scale) + _drift[group]) * (1 - Slack);
        return bound > LeastBound ? (float)Math.Min(bound, float.MaxValue) : 0;
    }

    private int Place(long firstRow, int count) => firstRow + count <= _labels.Length
        ? (int)firstRow
        : throw SameRows.OtherCount(firstRow + count, _labels.Length);

    private static float RoundUp(double value) => (float)(value * (1 + Slack)) + LeastBound;

    private static double UpperRoot(double square) => Math.Sqrt(Math.Max(square, LeastSquare));
}
