using System.Numerics.Tensors;

namespace GmmNative;

/// <summary>What a k-means pass sums: rows, sum of rows (about the shift) and squared distances of each cluster.</summary>
internal sealed class KMeansSums(int clusters, int dimension) : IAccumulator<KMeansSums>
{
    /// <summary>K: rows of each cluster.</summary>
    public long[] Counts { get; } = new long[clusters];

    /// <summary>K x D: sums of rows less the shift.</summary>
    public double[] Sums { get; } = new double[checked(clusters * dimension)];

    /// <summary>K: sums of squared distances from the centroid.</summary>
    public double[] Distances { get; } = new double[clusters];

    /// <summary>Rows of all clusters.</summary>
    public long Rows => TensorPrimitives.Sum<long>(Counts);

    /// <summary>Squared distances of all clusters.</summary>
    public double Distance => TensorPrimitives.Sum<double>(Distances);

    public void Clear()
    {
        for (int k = 0; k < Counts.Length; k++)
        {
            if (Counts[k] > 0)
            {
                Sums.AsSpan(k * dimension, dimension).Clear();
            }
        }

        Counts.AsSpan().Clear();
        Distances.AsSpan().Clear();
    }

    /// <summary>Adds the clusters that have rows: neighbouring rows, a group's, are of few clusters.</summary>
    public void Add(KMeansSums other)
    {
        for (int k = 0; k < Counts.Length; k++)
        {
            if (other.Counts[k] > 0)
            {
                Span<double> sums = Sums.AsSpan(k * dimension, dimension);
                TensorPrimitives.Add(sums, other.Sums.AsSpan(k * dimension, dimension), sums);
            }
        }

        TensorPrimitives.Add<long>(Counts, other.Counts, Counts);
        TensorPrimitives.Add(Distances, other.Distances, Distances);
    }
}
