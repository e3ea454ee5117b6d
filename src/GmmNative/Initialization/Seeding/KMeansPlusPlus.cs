using System.Numerics.Tensors;
using GmmNative.Data;
using GmmNative.Data.Sources;
using GmmNative.Initialization.Clustering;
using GmmNative.Interop.Kernels;
using GmmNative.Passes;

namespace GmmNative.Initialization.Seeding;

/// <summary>
/// Greedy k-means++ seeds, then k-means. Each step draws 2 + log K candidates and keeps the best, as scikit-learn does.
/// Source: Arthur and Vassilvitskii, 2007.
/// </summary>
/// <param name="context">The data and the shape of the model.</param>
/// <param name="isConverged">Whether k-means runs until no row changes its cluster; otherwise until its distances hardly change.</param>
internal sealed class KMeansPlusPlus(InitializationContext context, bool isConverged = false) : IStart
{
    private const int Iterations = 300;
    private const double Tolerance = 1e-4;
    private const int RowsOfBlock = 1024;

    private readonly KMeans _kMeans = new(context);

    /// <inheritdoc/>
    public GaussianMixture Run()
    {
        double[] centroids = Seeds();
        _kMeans.Run(centroids, Iterations, Tolerance, null, isConverged);
        return _kMeans.ToMixture(centroids);
    }

    private double[] Seeds()
    {
        int dimension = context.Dimension;
        int trials = 2 + (int)Math.Log(context.Components);
        int rows = checked((int)context.Summary.Rows);
        NearestSeeds nearest = new(rows, context.Components, dimension);
        double potential = Take(ReadScaled([context.Data.DrawOne(context.Random)]), nearest);
        while (nearest.Count < context.Components)
        {
            double[] candidates = ReadScaled(DrawByDistance(nearest.Squares, potential, trials));
            SeedPotentials potentials = Pass(candidates, nearest, -1);
            int best = TensorPrimitives.IndexOfMin<double>(potentials.Sums.AsSpan(0, trials));
            potential = Take(candidates.AsSpan(best * dimension, dimension), nearest);
        }

        return nearest.ToCentroids();
    }

    /// <summary>
    /// Draws rows with probabilities proportional to their weighted squared distance from the nearest seed. Returns them in ascending
    /// order.
    /// </summary>
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
        double[] weighted = new double[RowsOfBlock];
        for (int block = 0; block < nearest.Length && next < count; block += RowsOfBlock)
        {
            ReadOnlySpan<double> squares = nearest.AsSpan(block, Math.Min(RowsOfBlock, nearest.Length - block));
            if (!context.Data.Weights.IsEmpty)
            {
                TensorPrimitives.Multiply(squares, context.Data.Weights.Span.Slice(block, squares.Length), weighted);
                squares = weighted.AsSpan(0, squares.Length);
            }

            double after = sum + TensorPrimitives.Sum(squares);
            for (int i = 0; i < squares.Length && next < count && marks[next] < after; i++)
            {
                sum += squares[i];
                while (next < count && (marks[next] < sum || (i == squares.Length - 1 && marks[next] < after)))
                {
                    rows[next++] = block + i;
                }
            }

            sum = after;
        }

        // Marks can remain because of rounding, or because all rows coincide with seeds. Any row will do for them.
        for (; next < count; next++)
        {
            rows[next] = nearest.Length - 1;
        }

        return rows;
    }

    private double[] ReadScaled(long[] rows)
    {
        double[] values = RandomRows.Read(context.Rows, rows, context.CancellationToken);
        for (int i = 0; i < rows.Length; i++)
        {
            Span<double> row = values.AsSpan(i * context.Dimension, context.Dimension);
            context.Scaling.Apply(row, row);
            ReplaceMissing(row);
        }

        return values;
    }

    /// <summary>A seed needs all coordinates: the mean of the data, 0, takes the place of missing ones.</summary>
    private static void ReplaceMissing(Span<double> scaled)
    {
        for (int d = 0; d < scaled.Length; d++)
        {
            scaled[d] = double.IsNaN(scaled[d]) ? 0 : scaled[d];
        }
    }

    /// <summary>Makes a row a seed. Returns the remaining weighted sum of squared distances.</summary>
    private double Take(ReadOnlySpan<double> seed, NearestSeeds nearest)
    {
        double potential = Pass(seed.ToArray(), nearest, nearest.Count).Sums[0];
        nearest.Add(seed);
        return potential;
    }

    /// <summary>Computes the weighted sum of squared distances that would remain with each candidate.</summary>
    /// <param name="candidates">The candidates, row-major.</param>
    /// <param name="nearest">The seeds so far.</param>
    /// <param name="narrow">
    /// The index that the only candidate has as a seed, which updates the distances of the rows; negative while candidates are evaluated.
    /// </param>
    private SeedPotentials Pass(double[] candidates, NearestSeeds nearest, int narrow)
    {
        int count = candidates.Length / context.Dimension;
        int[] places = new int[(count + PointGroups.Lanes - 1) / PointGroups.Lanes * PointGroups.Lanes];
        places.AsSpan().Fill(-1);
        for (int i = 0; i < count; i++)
        {
            places[i] = i;
        }

        if (context.Data.Missing is not null)
        {
            SeedPotentials observed = ChunkedPass.Run(
                context.Rows, ChunkGeometry.ForFewSums(context.Dimension + places.Length), context.Execution,
                new AccumulatorPool<SeedPotentials>(() => new SeedPotentials(places.Length)),
                () => new MissingSeedWorker(nearest, candidates, context.Scaling, narrow), null, context.CancellationToken,
                context.Data.Weights);
            SameRows.Check(observed.Rows, context.Summary.Rows, observed.Sums.AsSpan(0, count));
            return observed;
        }

        PointGroups points = new(candidates, context.Dimension, places, places.Length);
        double[] reach = nearest.Reach(points);
        ChunkGeometry geometry = ChunkGeometry.ForFewSums(context.Dimension + places.Length);
        SeedPotentials potentials = ChunkedPass.Run(
            context.Rows, geometry, context.Execution,
            new AccumulatorPool<SeedPotentials>(() => new SeedPotentials(places.Length)),
            () => new SeedWorker(nearest, points, reach, context.Scaling, narrow, geometry.ChunkRows, context.Execution.Scratch),
            null, context.CancellationToken, context.Data.Weights);
        SameRows.Check(potentials.Rows, context.Summary.Rows, potentials.Sums.AsSpan(0, count));
        return potentials;
    }
}
