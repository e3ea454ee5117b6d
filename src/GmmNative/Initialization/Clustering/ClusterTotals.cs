using System.Numerics.Tensors;

namespace GmmNative.Initialization.Clustering;

/// <summary>The sums of all clusters, updated by the rows that change clusters.</summary>
/// <remarks>
/// The sum of squared distances from a centroid c is Q - 2 c.S + n |c|^2, where Q is the sum of squares of the cluster's rows, S their sum
/// and n the sum of their weights. Its rounding error is proportional to Q, whose total is <see cref="Magnitude"/>.
/// </remarks>
internal sealed class ClusterTotals
{
    private readonly int _dimension;
    private readonly ClusterSums _totals;

    /// <summary>Starts from the sums of a pass over all rows.</summary>
    /// <param name="sums">The sums, which this object takes over and modifies.</param>
    /// <param name="centroids">The K x D centroids of the pass.</param>
    public ClusterTotals(ClusterSums sums, ReadOnlySpan<double> centroids)
    {
        _totals = sums;
        _dimension = centroids.Length / sums.Counts.Length;
        for (int k = 0; k < sums.Counts.Length; k++)
        {
            sums.Distances[k] += CrossTerm(k, centroids);
        }
    }

    /// <summary>The sum of the squares of all rows, to which the rounding errors of the distances are proportional.</summary>
    public double Magnitude => _totals.Distance;

    /// <summary>Adds the changes of a pass, and returns the sums of the clusters about the centroids of the pass.</summary>
    public ClusterSums Update(ClusterSums changes, ReadOnlySpan<double> centroids)
    {
        _totals.Add(changes);
        ClusterSums sums = new(_totals.Counts.Length, _dimension);
        sums.Add(_totals);
        for (int k = 0; k < sums.Counts.Length; k++)
        {
            sums.Distances[k] = sums.Counts[k] == 0 ? 0 : Math.Max(0, sums.Distances[k] - CrossTerm(k, centroids));
        }

        return sums;
    }

    /// <summary>Returns 2 c.S - n |c|^2.</summary>
    private double CrossTerm(int cluster, ReadOnlySpan<double> centroids)
    {
        ReadOnlySpan<double> centroid = centroids.Slice(cluster * _dimension, _dimension);
        return (2 * TensorPrimitives.Dot(centroid, _totals.Sums.AsSpan(cluster * _dimension, _dimension)))
            - (_totals.Weights[cluster] * TensorPrimitives.SumOfSquares(centroid));
    }
}
