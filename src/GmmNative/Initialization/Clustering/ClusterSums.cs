using System.Numerics.Tensors;
using GmmNative.Passes;

namespace GmmNative.Initialization.Clustering;

/// <summary>
/// What a k-means pass sums for each cluster: rows, sum of rows (about the expansion point) and squares. In a pass over all rows these are
/// the clusters' and the squares those of distances from the centroid; in a pass over the rows that have changed clusters they are by what
/// the clusters' have changed, and the squares those of the rows.
/// </summary>
internal sealed class ClusterSums(int clusters, int dimension) : IAccumulator<ClusterSums>
{
    private readonly bool[] _touched = new bool[clusters];
    private long _rows;

    /// <summary>Rows that the pass has gone over.</summary>
    public long Rows => _rows;

    /// <summary>K: rows of each cluster.</summary>
    public long[] Counts { get; } = new long[clusters];

    /// <summary>K x D: sums of rows less the expansion point.</summary>
    public double[] Sums { get; } = new double[checked(clusters * dimension)];

    /// <summary>K: sums of squared distances from the centroid; of changes, those of squared rows.</summary>
    public double[] Distances { get; } = new double[clusters];

    /// <summary>Squared distances of all clusters.</summary>
    public double Distance => TensorPrimitives.Sum<double>(Distances);

    /// <summary>Counts rows that were gone over.</summary>
    public void AddRows(int count) => _rows += count;

    /// <summary>Adds a row to a cluster.</summary>
    public void Add(int cluster, ReadOnlySpan<double> row, double square)
    {
        _touched[cluster] = true;
        Counts[cluster]++;
        Distances[cluster] += square;
        Span<double> sum = Sums.AsSpan(cluster * dimension, dimension);
        TensorPrimitives.Add(sum, row, sum);
    }

    /// <summary>Takes a row from a cluster.</summary>
    public void Remove(int cluster, ReadOnlySpan<double> row, double square)
    {
        _touched[cluster] = true;
        Counts[cluster]--;
        Distances[cluster] -= square;
        Span<double> sum = Sums.AsSpan(cluster * dimension, dimension);
        TensorPrimitives.Subtract(sum, row, sum);
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
        Counts.AsSpan().Clear();
        Distances.AsSpan().Clear();
        _touched.AsSpan().Clear();
    }

    /// <summary>Adds the clusters that anything was done to: neighbouring rows, a group's, are of few clusters.</summary>
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
        TensorPrimitives.Add<long>(Counts, other.Counts, Counts);
        TensorPrimitives.Add(Distances, other.Distances, Distances);
    }

    /// <inheritdoc/>
    /// <remarks>Rows; K counts; K x D sums; K sums of squares.</remarks>
    public void VisitSums(ISumVisitor visitor)
    {
        visitor.Counts(new Span<long>(ref _rows));
        visitor.Counts(Counts);
        visitor.Sums(Sums);
        visitor.Sums(Distances);

        // The visitor may have put numbers where there were none.
        _touched.AsSpan().Fill(true);
    }
}
