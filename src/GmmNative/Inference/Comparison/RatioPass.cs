using GmmNative.Execution;
using GmmNative.Passes;

namespace GmmNative.Inference.Comparison;

/// <summary>Computes log-likelihood ratios of two mixtures for rows drawn from the first.</summary>
internal static class RatioPass
{
    /// <summary>Draws rows and sums their log-likelihood ratios.</summary>
    /// <param name="model">The mixture to draw from.</param>
    /// <param name="other">The other mixture.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="execution">The backend and the threads.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static RatioSums Run(
        GaussianMixture model, GaussianMixture other, long count, int seed, ExecutionPlan execution, CancellationToken cancellationToken)
    {
        MixtureSampler sampler = new(model, seed, execution);
        MixtureScorer scorer = new(model, execution);
        MixtureScorer otherScorer = new(other, execution);
        return ChunkedPass.Run(
            sampler.CreateSource(count), new ChunkGeometry(sampler.BlockRows, 1), execution, () => new RatioSums(),
            () => new RatioWorker(scorer, otherScorer, sampler.BlockRows), null, cancellationToken);
    }
}
