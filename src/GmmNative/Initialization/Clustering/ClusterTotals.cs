using System.Numerics.Tensors;

namespace GmmNative.Initialization.Clustering;

/// <summary>The sums of clusters, kept up to date by the rows that change clusters.</summary>
/// <remarks>
/// The squared distances from a centroid c are Q - 2 c.S + n |c|^2 with the squares Q, the sum S and the number n of the cluster's rows.
/// Their rounding is that of Q, which <see cref="Magnitude"/> tells.
/// </remarks>
internal sealed class ClusterTotals
{
    private readonly int _dimension;
    private readonly ClusterSums _totals;

    /// <summary>Takes the sums of a pass over all rows.</summary>
    /// <param name="sums">The sums; kept and changed.</param>
    /// <param name="centroids">K x D: the pass's.</param>
    public ClusterTotals(ClusterSums sums, ReadOnlySpan<double> centroids)
    {
        _totals = sums;
        _dimension = centroids.Length / sums.Counts.Length;
        for (int k = 0; k < sums.Counts.Length; k++)
        {
            sums.Distances[k] += CrossTerm(k, centroids);
        }
    }

    /// <summary>Sum of the squares of all rows: the sum of distances has rounding errors in proportion to it.</summary>
    public double Magnitude => _totals.Distance;

    /// <summary>Takes in what a pass has changed, and tells the clusters' sums about the pass's centroids.</summary>
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

    /// <summary>2 c.S - n |c|^2.</summary>
    private double CrossTerm(int cluster, ReadOnlySpan<double> centroids)
    {
        ReadOnlySpan<double> centroid = centroids.Slice(cluster * _dimension, _dimension);
        return (2 * TensorPrimitives.Dot(centroid, _totals.Sums.AsSpan(cluster * _dimension, _dimension)))
            - (_totals.Counts[cluster] * TensorPrimitives.SumOfSquares(centroid));
    }
}
