using GmmNative.Data;
using GmmNative.Execution;
using GmmNative.Expectation;
using GmmNative.Passes;
using GmmNative.Statistics;

namespace GmmNative.Initialization.Missing;

/// <summary>Sums the moments of the components of a start from rows with missing values.</summary>
internal static class FilledPass
{
    /// <summary>Runs two passes: the means of the observed values, then the moments about these means.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="structure">The structure of the covariances.</param>
    /// <param name="execution">The backend and the threads.</param>
    /// <param name="createShares">Creates the shares of the components for one thread.</param>
    /// <param name="origins">The points that the first pass sums about: K x D.</param>
    /// <param name="cancellationToken">Stops the passes.</param>
    public static SufficientStatistics Run(
        TrainingData data, CovarianceStructure structure, ExecutionPlan execution, Func<IRowShares> createShares, double[] origins,
        CancellationToken cancellationToken)
    {
        LiftedLayout layout = new(structure);
        FilledStatistics first = Sum(origins);
        return Sum(first.ObservedMeans()).WithVariances(data.Summary.Deviation);

        FilledStatistics Sum(double[] about)
        {
            int components = about.Length / layout.Dimension;
            ChunkGeometry geometry = ChunkGeometry.ForCentered(layout.Dimension, layout.LargestGroup, components);
            MomentOrigins points = MomentOrigins.Given(about, layout.Dimension, [.. Enumerable.Repeat(true, components)]);
            FilledStatistics sums = ChunkedPass.Run(
                data.Rows, geometry, execution,
                new AccumulatorPool<FilledStatistics>(
                    () => new FilledStatistics(new SufficientStatistics(layout, components)),
                    own =>
                    {
                        own.Clear();
                        own.Moments.Begin(data.Summary.Mean, points);
                    }),
                () => new FilledStatisticsWorker(createShares(), layout, execution, geometry.ChunkRows), null, cancellationToken,
                data.Weights);
            SameRows.Check(sums.Moments.Rows, data.Summary.Rows, []);
            return sums;
        }
    }
}
