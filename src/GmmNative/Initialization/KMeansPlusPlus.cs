using System.Numerics.Tensors;

namespace GmmNative;

/// <summary>
/// Greedy k-means++ seeds (Arthur and Vassilvitskii, 2007; the best of 2 + log K candidates at each step, as scikit-learn draws
/// them), then k-means.
/// </summary>
internal sealed class KMeansPlusPlus(InitializationContext context)
{
    private const int Iterations = 300;
    private const double Tolerance = 1e-4;

    private readonly KMeans _kMeans = new(context);

    /// <summary>Finds the starting model.</summary>
    public GaussianMixture Run()
    {
        double[] centroids = Seeds();
        _kMeans.Run(centroids, Iterations, Tolerance, null);
        return _kMeans.ToMixture(centroids);
    }

    private double[] Seeds()
    {
        int dimension = context.Dimension;
        int trials = 2 + (int)Math.Log(context.Components);
        double[] centroids = new double[checked(context.Components * dimension)];
        double[] nearest = new double[checked((int)context.Summary.Rows)];
        nearest.AsSpan().Fill(double.PositiveInfinity);
        double[] seed = ReadShifted([context.Random.NextInt64(nearest.Length)]);
        seed.CopyTo(centroids, 0);
        double potential = Narrow(seed, nearest);
        for (int k = 1; k < context.Components; k++)
        {
            double[] candidates = ReadShifted(DrawByDistance(nearest, potential, trials));
            SeedPotentials potentials = Try(candidates, nearest);
            int best = TensorPrimitives.IndexOfMin<double>(potentials.Sums);
            seed = candidates.AsSpan(best * dimension, dimension).ToArray();
            seed.CopyTo(centroids, k * dimension);
            potential = Narrow(seed, nearest);
        }

        return centroids;
    }

    /// <summary>Rows drawn with probabilities proportional to their squared distance from the nearest seed; ascending.</summary>
    private long[] DrawByDistance(double[] nearest, double potential, int count)
    {
        double[] marks = new double[count];
        for (int i = 0; i < count; i++)
        {
            marks[i] = context.Random.NextDouble() * potential;
        }

        Array.Sort(marks);
        long[] rows = new long[count];
        double sum = 0;
        int next = 0;
        for (int row = 0; row < nearest.Length && next < count; row++)
        {
            sum += nearest[row];
            while (next < count && marks[next] < sum)
            {
                rows[next++] = row;
            }
        }

        // Rounding of the sum, or rows that all coincide with seeds, can leave marks unmet: any row serves.
        for (; next < count; next++)
        {
            rows[next] = nearest.Length - 1;
        }

        return rows;
    }

    private double[] ReadShifted(long[] rows)
    {
        double[] values = RandomRows.Read(context.Rows, rows, context.CancellationToken);
        for (int i = 0; i < rows.Length; i++)
        {
            Span<double> row = values.AsSpan(i * context.Dimension, context.Dimension);
            TensorPrimitives.Subtract(row, context.Summary.Mean, row);
        }

        return values;
    }

    /// <summary>The sums of squared distances that would remain with each candidate.</summary>
    private SeedPotentials Try(double[] candidates, double[] nearest) => Pass(candidates, nearest, narrow: false);

    /// <summary>Lowers the distances to those from a new seed where that is nearer; returns their sum.</summary>
    private double Narrow(double[] seed, double[] nearest) => Pass(seed, nearest, narrow: true).Sums[0];

    private SeedPotentials Pass(double[] candidates, double[] nearest, bool narrow)
    {
        int count = candidates.Length / context.Dimension;
        Codebook codebook = _kMeans.CreateCodebook(candidates);
        ChunkGeometry geometry = _kMeans.Geometry(count);
        SeedPotentials potentials = ChunkedPass.Run(
            context.Rows, geometry, context.Execution,
            () => new SeedPotentials(count),
            () => new SeedWorker(codebook, nearest, narrow, geometry.ChunkRows), null, context.CancellationToken);
        SameRows.Check(potentials.Rows, nearest.Length, potentials.Sums);
        return potentials;
    }
}
