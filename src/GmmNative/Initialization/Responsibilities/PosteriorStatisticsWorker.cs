using CommunityToolkit.HighPerformance;
using GmmNative.Execution;
using GmmNative.Expectation;
using GmmNative.Passes;
using GmmNative.Statistics;

namespace GmmNative.Initialization.Responsibilities;

/// <summary>Computes the statistics of an E-step whose posteriors are given, about the origins of the components. For one thread.</summary>
/// <param name="posteriors">T x K, or <see langword="null"/> for one component with all rows.</param>
/// <param name="layout">The products that are summed.</param>
/// <param name="execution">The backend.</param>
/// <param name="chunkRows">The maximum number of rows per chunk.</param>
internal sealed class PosteriorStatisticsWorker(
    ReadOnlyMemory2D<double>? posteriors, LiftedLayout layout, ExecutionPlan execution, int chunkRows)
    : IChunkWorker<SufficientStatistics>
{
    private readonly MomentKernel<double> _moments = new(layout, execution, chunkRows);
    private readonly double[] _weights = new double[chunkRows];

    public void Process(in RowChunk chunk, SufficientStatistics sums)
    {
        ReadOnlySpan<double> rowWeights = chunk.Weights;
        double total = 0;
        for (int r = 0; r < chunk.Count; r++)
        {
            total += rowWeights.IsEmpty ? 1 : rowWeights[r];
        }

        sums.AddRows(chunk.Count, total, 0);
        Span<double> weights = _weights.AsSpan(0, chunk.Count);
        for (int k = 0; k < sums.Components; k++)
        {
            for (int r = 0; r < chunk.Count; r++)
            {
                double posterior = posteriors is { } given ? given.Span[checked((int)(chunk.FirstRow + r)), k] : 1;
                weights[r] = rowWeights.IsEmpty ? posterior : posterior * rowWeights[r];
            }

            _moments.Add(k, chunk, weights, sums.Origins.Origin(k), sums.RequireOwnOrigin());
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _moments.Dispose();
}
