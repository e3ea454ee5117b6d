using System.Numerics.Tensors;
using GmmNative.Initialization.Clustering;

namespace GmmNative.Initialization.Seeding;

/// <summary>
/// The start of Linde, Buzo and Gray (1980): the mean of all rows is split into two centroids, k-means moves them, and each is
/// split again, until there are K centroids.
/// </summary>
/// <remarks>
/// K = c 2^n with c odd: the codebook grows to c by splitting the clusters with the largest distortion, then doubles n times.
/// If there are many rows, each codebook settles on a stratified sample, whose size is proportional to the number of centroids. Only the
/// last codebook then moves on all rows: growing on all rows costs several times as much and gives no better result.
/// Perturbations are in units of the standard deviations of the data, so scaling the data scales the codebook.
/// </remarks>
internal sealed class LindeBuzoGray(InitializationContext context, LindeBuzoGrayOptions options) : IStart
{
    private const int SampleRowsPerCluster = 64;
    private const int MinimumSampleRows = 4096;

    private readonly KMeans _kMeans = new(context);
    private InitializationContext? _largestSample;

    /// <inheritdoc/>
    public GaussianMixture Run()
    {
        int dimension = context.Dimension;
        double[] centroids = new double[dimension];
        KMeans growing = On(1);
        ClusterSums sums = growing.Run(centroids, 1, options.Tolerance, null);
        int size = 1;
        foreach (int next in Sizes(context.Components))
        {
            Array.Resize(ref centroids, checked(next * dimension));
            int[] order = ByDistortion(sums);
            for (int i = 0; i < next - size; i++)
            {
                Split(centroids, order[i], size + i);
            }

            size = next;
            growing = On(size);
            sums = growing.Run(centroids, options.Iterations, options.Tolerance, Repair);
        }

        if (growing != _kMeans)
        {
            _kMeans.Run(centroids, options.Iterations, options.Tolerance, Repair);
        }

        return _kMeans.ToMixture(centroids);
    }

    /// <summary>Returns k-means on the rows that a codebook settles on: a sample, if that is at most half of all rows.</summary>
    private KMeans On(int clusters)
    {
        int? wanted = SampleRows(clusters);
        if (wanted is not { } count)
        {
            return _kMeans;
        }

        // Smaller samples are drawn from the largest one, so that a sequential source is read only once.
        if (_largestSample is null)
        {
            int largest = Sizes(context.Components).Prepend(1).Select(SampleRows).Max() ?? count;
            _largestSample = Sample(context, largest);
        }

        return new KMeans(count == _largestSample.Summary.Rows ? _largestSample : Sample(_largestSample, count));
    }

    /// <summary>Returns the number of sample rows for a codebook, or null for all rows.</summary>
    private int? SampleRows(int clusters)
    {
        long wanted = Math.Max(MinimumSampleRows, (long)SampleRowsPerCluster * clusters);
        return wanted > context.Summary.Rows / 2 || wanted * context.Dimension > Array.MaxLength ? null : (int)wanted;
    }

    private static InitializationContext Sample(InitializationContext all, int count) => all with
    {
        Data = all.Data.Sample(count, all.Random, all.CancellationToken),
    };

    /// <summary>Returns the successive sizes of the codebook after 1.</summary>
    internal static IEnumerable<int> Sizes(int components)
    {
        int odd = components;
        while (odd % 2 == 0)
        {
            odd /= 2;
        }

        int size = 1;
        while (size < odd)
        {
            size = Math.Min(2 * size, odd);
            yield return size;
        }

        while (size < components)
        {
            size *= 2;
            yield return size;
        }
    }

    private static int[] ByDistortion(ClusterSums sums)
    {
        int[] order = [.. Enumerable.Range(0, sums.Counts.Length)];

        // Sorts by descending distortion, then by index, so that the order is deterministic.
        Array.Sort(
            order, (a, b) => sums.Distances[a] != sums.Distances[b] ? sums.Distances[b].CompareTo(sums.Distances[a]) : a.CompareTo(b));
        return order;
    }

    /// <summary>
    /// Replaces each cluster that has too few rows by splitting the largest cluster. A row counts as its weight divided by the average
    /// weight.
    /// </summary>
    private void Repair(double[] centroids, ClusterSums sums)
    {
        double averageWeight = TensorPrimitives.Sum<double>(sums.Weights) / sums.Counts.Sum();
        double[] counts = [.. sums.Weights.Select(weight => weight / averageWeight)];
        for (int k = 0; k < counts.Length; k++)
        {
            if (counts[k] >= options.MinDataPerCluster)
            {
                continue;
            }

            int largest = 0;
            for (int j = 1; j < counts.Length; j++)
            {
                largest = counts[j] > counts[largest] ? j : largest;
            }

            if (counts[largest] < 2L * options.MinDataPerCluster)
            {
                return;
            }

            Split(centroids, largest, k);
            counts[k] = Math.Floor(counts[largest] / 2);
            counts[largest] -= counts[k];
        }
    }

    /// <summary>Moves a centroid by a small random vector, and places another one at the opposite offset from its old position.</summary>
    private void Split(double[] centroids, int from, int to)
    {
        int dimension = context.Dimension;
        for (int d = 0; d < dimension; d++)
        {
            double center = centroids[(from * dimension) + d];
            double offset = options.PerturbationFactor * context.Scaling.Deviations[d] * Normal();
            centroids[(from * dimension) + d] = center + offset;
            centroids[(to * dimension) + d] = center - offset;
        }
    }

    /// <summary>Returns a standard normal number (Box and Muller).</summary>
    private double Normal()
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - context.Random.NextDouble()));
        return radius * Math.Cos(2 * Math.PI * context.Random.NextDouble());
    }
}
