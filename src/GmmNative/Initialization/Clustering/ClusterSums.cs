using System.Numerics.Tensors;
using GmmNative.Initialization.Missing;
using GmmNative.Passes;

namespace GmmNative.Initialization.Clustering;

/// <summary>
/// The sums of a k-means pass for each cluster: the number of rows, the sums of their weights, of the weighted rows (about the expansion
/// point) and of weighted squares.
/// In a pass over all rows, the squares are squared distances from the centroid. In an incremental pass, the sums hold only the change
/// contributed by rows that switched clusters, and the squares are squared rows.
/// </summary>
/// <param name="clusters">K.</param>
/// <param name="dimension">D.</param>
/// <param name="hasMissing">Whether values may be missing, so that coordinates have weights of their own.</param>
internal sealed class ClusterSums(int clusters, int dimension, bool hasMissing = false) : IAccumulator<ClusterSums>
{
    private readonly bool[] _touched = new bool[clusters];
    private long _rows;
    private long _changes;

    /// <summary>The number of rows that the pass has processed.</summary>
    public long Rows => _rows;

    /// <summary>
    /// The number of rows whose cluster differs from that of the previous pass. All rows count as members of cluster 0 before the first
    /// pass, and before every pass if there are too many rows to remember their clusters.
    /// </summary>
    public long Changes
    {
        get => _changes;
        set => _changes = value;
    }

    /// <summary>The number of rows of each of the K clusters.</summary>
    public long[] Counts { get; } = new long[clusters];

    /// <summary>The sum of the weights of the rows of each of the K clusters.</summary>
    public double[] Weights { get; } = new double[clusters];

    /// <summary>K x D, the weighted sums of the rows minus the expansion point.</summary>
    public double[] Sums { get; } = new double[checked(clusters * dimension)];

    /// <summary>K x D, the sums of the weights of the rows whose value is observed; empty if no value is missing.</summary>
    public double[] CoordinateWeights { get; } = new double[hasMissing ? checked(clusters * dimension) : 0];

    /// <summary>The weighted sums of squared distances from the K centroids; in an incremental pass, of squared rows.</summary>
    public double[] Distances { get; } = new double[clusters];

    /// <summary>The sum of <see cref="Distances"/> over all clusters.</summary>
    public double Distance => TensorPrimitives.Sum<double>(Distances);

    /// <summary>Counts processed rows.</summary>
    public void AddRows(int count) => _rows += count;

    /// <summary>Adds a row to a cluster.</summary>
    public void Add(int cluster, ReadOnlySpan<double> row, double square, double weight)
    {
        Counts[cluster]++;
        AddWeighted(cluster, row, square, weight);
    }

    /// <summary>Adds the observed values of a row to a cluster.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="row">The row.</param>
    /// <param name="square">The squared distance of the row from the centroid.</param>
    /// <param name="weight">The weight of the row.</param>
    public void AddObserved(int cluster, PartialDistances row, double square, double weight)
    {
        Counts[cluster]++;
        _touched[cluster] = true;
        Weights[cluster] += weight;
        Distances[cluster] += weight * square;
        row.AddTo(weight, Sums.AsSpan(cluster * dimension, dimension), CoordinateWeights.AsSpan(cluster * dimension, dimension));
    }

    /// <summary>Moves a centroid to the mean of its rows. A cluster without rows keeps its centroid.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="centroid">D coordinates; updated in place. A coordinate that no row of the cluster has observed is kept.</param>
    public void MoveCentroid(int cluster, Span<double> centroid)
    {
        ReadOnlySpan<double> sums = Sums.AsSpan(cluster * dimension, dimension);
        if (!hasMissing)
        {
            if (Counts[cluster] > 0)
            {
                TensorPrimitives.Divide(sums, Weights[cluster], centroid);
            }

            return;
        }

        ReadOnlySpan<double> weights = CoordinateWeights.AsSpan(cluster * dimension, dimension);
        for (int d = 0; d < centroid.Length; d++)
        {
            centroid[d] = weights[d] > 0 ? sums[d] / weights[d] : centroid[d];
        }
    }

    /// <summary>Removes a row from a cluster.</summary>
    public void Remove(int cluster, ReadOnlySpan<double> row, double square, double weight)
    {
        Counts[cluster]--;
        AddWeighted(cluster, row, square, -weight);
    }

    public void Clear()
    {
        for (int k = 0; k < Counts.Length; k++)
        {
            if (_touched[k])
            {
                Sums.AsSpan(k * dimension, dimension).Clear();
            }
        }

        _rows = 0;
        _changes = 0;
        Counts.AsSpan().Clear();
        Weights.AsSpan().Clear();
        CoordinateWeights.AsSpan().Clear();
        Distances.AsSpan().Clear();
        _touched.AsSpan().Clear();
    }

    /// <summary>
    /// Adds the modified clusters of other sums. The neighboring rows of a group of chunks usually belong to few clusters.
    /// </summary>
    public void Add(ClusterSums other)
    {
        for (int k = 0; k < Counts.Length; k++)
        {
            if (other._touched[k])
            {
                _touched[k] = true;
                Span<double> sums = Sums.AsSpan(k * dimension, dimension);
                TensorPrimitives.Add(sums, other.Sums.AsSpan(k * dimension, dimension), sums);
            }
        }

        _rows += other.Rows;
        _changes += other.Changes;
        TensorPrimitives.Add<long>(Counts, other.Counts, Counts);
        TensorPrimitives.Add(Weights, other.Weights, Weights);
        TensorPrimitives.Add(CoordinateWeights, other.CoordinateWeights, CoordinateWeights);
        TensorPrimitives.Add(Distances, other.Distances, Distances);
    }

    /// <inheritdoc/>
    /// <remarks>Rows; changes; K counts; K weights; K x D sums; K sums of squares; K x D weights of coordinates if values may be
    /// missing.</remarks>
    public void VisitSums(ISumVisitor visitor)
    {
        visitor.Counts(new Span<long>(ref _rows));
        visitor.Counts(new Span<long>(ref _changes));
        visitor.Counts(Counts);
        visitor.Sums(Weights);
        visitor.Sums(Sums);
        visitor.Sums(Distances);
        if (hasMissing)
        {
            visitor.Sums(CoordinateWeights);
        }

        // The visitor may have changed any sum.
        _touched.AsSpan().Fill(true);
    }

    private void AddWeighted(int cluster, ReadOnlySpan<double> row, double square, double weight)
    {
        _touched[cluster] = true;
        Weights[cluster] += weight;
        Distances[cluster] += weight * square;
        Span<double> sum = Sums.AsSpan(cluster * dimension, dimension);
        TensorPrimitives.MultiplyAdd(row, weight, sum, sum);
    }
}
