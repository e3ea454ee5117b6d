using CommunityToolkit.HighPerformance;
using GmmNative.Execution;
using GmmNative.Expectation;
using GmmNative.Passes;
using GmmNative.Statistics;

namespace GmmNative.Initialization.Responsibilities;

/// <summary>Sums moments of rows with given posteriors.</summary>
internal static class PosteriorSums
{
    /// <summary>Runs a pass over the rows.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="structure">The structure of the covariances.</param>
    /// <param name="execution">The backend and threads.</param>
    /// <param name="posteriors">T x K, or <see langword="null"/> for one component with all rows.</param>
    /// <param name="origins">The points that the moments are about: K x D.</param>
    /// <param name="cancellationToken">Stops the pass.</param>
    public static SufficientStatistics Of(
        TrainingData data, CovarianceStructure structure, ExecutionPlan execution, ReadOnlyMemory2D<double>? posteriors, double[] origins,
        CancellationToken cancellationToken)
    {
        LiftedLayout layout = new(structure);
        int components = posteriors?.Width ?? 1;
        ChunkGeometry geometry = ChunkGeometry.ForCentered(layout.Dimension, layout.LargestGroup, components);
        MomentOrigins points = MomentOrigins.Given(origins, layout.Dimension, [.. Enumerable.Repeat(true, components)]);
        AccumulatorPool<SufficientStatistics> pool = new(() => new SufficientStatistics(layout, components));
        SufficientStatistics statistics = ChunkedPass.Run(
            data.Rows, geometry, execution, pool.BegunBy(sums => sums.Begin(data.Summary.Mean, points)),
            () => new PosteriorStatisticsWorker(posteriors, layout, execution, geometry.ChunkRows), null, cancellationToken, data.Weights);
        if (data.WeightScale != 1)
        {
            statistics.Scale(data.WeightScale);
        }

        return statistics;
    }
}
