using CommunityToolkit.HighPerformance;
using GmmNative.Expectation;
using GmmNative.Passes;
using GmmNative.Statistics;

namespace GmmNative.Initialization.Responsibilities;

/// <summary>Sums moments of rows with given posteriors.</summary>
internal static class PosteriorSums
{
    /// <summary>Runs a pass over the rows.</summary>
    /// <param name="context">The rows and the structure.</param>
    /// <param name="posteriors">T x K, or <see langword="null"/> for one component with all rows.</param>
    /// <param name="origins">The points that the moments are about: K x D.</param>
    public static SufficientStatistics Of(InitializationContext context, ReadOnlyMemory2D<double>? posteriors, double[] origins)
    {
        LiftedLayout layout = new(context.Structure);
        int components = posteriors?.Width ?? 1;
        ChunkGeometry geometry = ChunkGeometry.ForCentered(context.Dimension, layout.LargestGroup, components);
        MomentOrigins points = MomentOrigins.Given(origins, context.Dimension, [.. Enumerable.Repeat(true, components)]);
        AccumulatorPool<SufficientStatistics> pool = new(() => new SufficientStatistics(layout, components));
        SufficientStatistics statistics = ChunkedPass.Run(
            context.Rows, geometry, context.Execution, pool.BegunBy(sums => sums.Begin(context.Summary.Mean, points)),
            () => new PosteriorStatisticsWorker(posteriors, layout, context.Execution, geometry.ChunkRows), null,
            context.CancellationToken, context.Data.Weights);
        if (context.Data.WeightScale != 1)
        {
            statistics.Scale(context.Data.WeightScale);
        }

        return statistics;
    }
}
