using GmmNative.Data;
using GmmNative.Expectation;
using GmmNative.Initialization.Missing;
using GmmNative.Maximization;
using GmmNative.Passes;
using GmmNative.Statistics;

namespace GmmNative.Initialization.Clustering;

/// <summary>Lloyd's iterations over all rows, and the conversion of a codebook to a mixture.</summary>
internal sealed class KMeans(InitializationContext context)
{
    /// <summary>A bound on the rounding error of sums, relative to their terms.</summary>
    private const double Rounding = 1e-12;

    private DistanceBounds? _memory;
    private ClusterTotals? _totals;

    /// <summary>Moves centroids to the means of their clusters until the distance converges.</summary>
    /// <param name="centroids">K x D, scaled; updated in place.</param>
    /// <param name="iterations">The maximum number of iterations.</param>
    /// <param name="tolerance">The relative change of the distance below which to stop.</param>
    /// <param name="repair">Called after each update with the centroids and the sums that they were computed from.</param>
    /// <param name="untilUnchanged">Whether to continue beyond the tolerance until no row changes its cluster.</param>
    /// <returns>The sums of the last pass.</returns>
    public ClusterSums Run(
        double[] centroids, int iterations, double tolerance, Action<double[], ClusterSums>? repair, bool untilUnchanged = false)
    {
        double previous = double.PositiveInfinity;
        for (int iteration = 1; ; iteration++)
        {
            ClusterSums sums = Pass(centroids, iteration, iterations, tolerance);
            double distance = sums.Distance;
            if (Math.Abs(previous - distance) <= (untilUnchanged ? 0 : tolerance * distance)
                || (untilUnchanged && iteration > 1 && sums.Changes == 0))
            {
                return sums;
            }

            previous = distance;
            int dimension = context.Dimension;
            for (int k = 0; k < sums.Counts.Length; k++)
            {
                sums.MoveCentroid(k, centroids.AsSpan(k * dimension, dimension));
            }

            if (iteration == iterations)
            {
                return sums;
            }

            repair?.Invoke(centroids, sums);
        }
    }

    /// <summary>
    /// Computes the weights, means and covariances of the clusters and applies the floors. A cluster without rows keeps its centroid and
    /// gets the variances of all data.
    /// </summary>
    public GaussianMixture ToMixture(double[] centroids)
    {
        int dimension = context.Dimension;
        double[] means = new double[centroids.Length];
        for (int k = 0; k < context.Components; k++)
        {
            context.Scaling.Undo(centroids.AsSpan(k * dimension, dimension), means.AsSpan(k * dimension, dimension));
        }

        GaussianMixture provisional = WithDataVariances(means);
        SufficientStatistics statistics = context.Data.Missing is null
            ? SumClusters(centroids, provisional)
            : FilledPass.Run(
                context.Data, context.Structure, context.Execution, () => new NearestShares(centroids, context.Scaling), means,
                context.CancellationToken);
        SameRows.Check(statistics.Rows, context.Summary.Rows, []);
        GaussianMixture mixture = new MixtureUpdate(context.Structure, context.Components, context.Maximization)
            .Update(provisional, statistics, 0, MomentPrecision.Unchecked).Model;
        SameRows.Check(statistics.Rows, context.Summary.Rows, mixture.Means.Span);
        return mixture;
    }

    private SufficientStatistics SumClusters(double[] centroids, GaussianMixture provisional)
    {
        LiftedLayout layout = new(context.Structure);
        Codebook codebook = CreateCodebook(centroids);
        MomentOrigins origins = MomentOrigins.Means(provisional);
        ChunkGeometry geometry = Geometry;
        return ChunkedPass.Run(
            context.Rows, geometry, context.Execution,
            new AccumulatorPool<SufficientStatistics>(
                () => new SufficientStatistics(layout, context.Components),
                sums => sums.Begin(context.Summary.Mean, origins)),
            () => new HardStatisticsWorker(codebook, layout, geometry.ChunkRows), null, context.CancellationToken, context.Data.Weights);
    }

    /// <summary>Returns a mixture with equal weights, the given means, and the variances of all data.</summary>
    private GaussianMixture WithDataVariances(double[] means)
    {
        double[] variances = [.. context.Summary.Deviation.Select(deviation => deviation * deviation)];
        return StartingMixture.Uncorrelated(context, means, _ => variances);
    }

    /// <summary>The chunk geometry of a pass. It depends on D only, because each row is compared with few centroids.</summary>
    private ChunkGeometry Geometry => ChunkGeometry.ForFewSums(4 * context.Dimension);

    /// <summary>Builds the codebook and updates the distance bounds for the movement of the centroids.</summary>
    private Codebook CreateCodebook(double[] centroids)
    {
        if (_memory is null || _memory.Clusters != centroids.Length / context.Dimension)
        {
            _memory = new DistanceBounds(centroids, context.Summary, context.Scaling);
            _totals = null;
        }

        _memory.MoveTo(centroids);
        return new Codebook(centroids, context.Scaling, _memory, context.Execution);
    }

    private ClusterSums Pass(double[] centroids, int iteration, int iterations, double tolerance)
    {
        if (context.Data.Missing is not null)
        {
            return PassOverObserved(centroids, iteration, iterations);
        }

        int clusters = centroids.Length / context.Dimension;
        Codebook codebook = CreateCodebook(centroids);
        ChunkGeometry geometry = Geometry;
        context.Progress?.Start(TrainingPhase.Initialization, iteration, iterations, clusters);
        bool changesOnly = codebook.Memory.IsFilled && _totals is not null;
        ClusterSums sums = ChunkedPass.Run(
            context.Rows, geometry, context.Execution,
            new AccumulatorPool<ClusterSums>(() => new ClusterSums(clusters, context.Dimension)),
            () => changesOnly ? new KMeansChangesWorker(codebook, geometry.ChunkRows) : new KMeansWorker(codebook, geometry.ChunkRows),
            context.Progress?.RowCounter, context.CancellationToken, context.Data.Weights);
        long rows = sums.Rows;
        long changes = sums.Changes;
        if (changesOnly)
        {
            sums = _totals!.Update(sums, centroids);
            sums.Changes = changes;
        }

        SameRows.Check(rows, context.Summary.Rows, [sums.Distance]);
        codebook.Memory.CompletePass();
        context.Progress?.CompleteInitialization(sums.Distance / context.Summary.TotalWeight, rows);
        KeepTotals(sums, centroids, tolerance);
        return sums;
    }

    private ClusterSums PassOverObserved(double[] centroids, int iteration, int iterations)
    {
        int clusters = centroids.Length / context.Dimension;
        context.Progress?.Start(TrainingPhase.Initialization, iteration, iterations, clusters);
        ClusterSums sums = ChunkedPass.Run(
            context.Rows, Geometry, context.Execution,
            new AccumulatorPool<ClusterSums>(() => new ClusterSums(clusters, context.Dimension, hasMissing: true)),
            () => new MissingKMeansWorker(centroids, context.Scaling),
            context.Progress?.RowCounter, context.CancellationToken, context.Data.Weights);
        SameRows.Check(sums.Rows, context.Summary.Rows, [sums.Distance]);
        context.Progress?.CompleteInitialization(sums.Distance / context.Summary.TotalWeight, sums.Rows);
        return sums;
    }

    /// <summary>
    /// Keeps the totals for an incremental next pass, if the distance computed from them has enough digits for the tolerance. A heavy row
    /// that leaves a cluster of light rows leaves only its rounding behind.
    /// </summary>
    private void KeepTotals(ClusterSums sums, double[] centroids, double tolerance)
    {
        if (_totals is null)
        {
            ClusterSums copy = new(sums.Counts.Length, context.Dimension);
            copy.Add(sums);
            _totals = new ClusterTotals(copy, centroids);
        }

        if (!(_totals.Magnitude * Rounding < sums.Distance * tolerance) || !context.Data.HasSimilarWeights)
        {
            _totals = null;
        }
    }
}
