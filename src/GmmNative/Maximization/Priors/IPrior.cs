using GmmNative.Expectation;
using GmmNative.Statistics;

namespace GmmNative.Maximization.Priors;

/// <summary>
/// What the M-step adds to the sums of the rows, and what that adds to the objective. Weights, means and covariances may be drawn to the
/// prior with different strengths. Thread-safe: components are updated at the same time.
/// </summary>
internal interface IPrior
{
    /// <summary>Adds to the moments of one component.</summary>
    /// <param name="component">The component.</param>
    /// <param name="moments">Its moments; changed.</param>
    void AddTo(int component, ComponentMoments moments);

    /// <summary>Adds to the sums that the weights are made from.</summary>
    /// <param name="occupancies">K: N_k; changed to what the weights are in proportion to.</param>
    /// <param name="totalWeight">The sum of the rows' weights.</param>
    /// <returns>What the occupancies are to be divided by, so that the weights sum to one.</returns>
    double AddToWeights(Span<double> occupancies, double totalWeight);

    /// <summary>The log prior of a model, up to a constant that depends on neither weights, means nor covariances; nats.</summary>
    /// <param name="factors">The model.</param>
    double LogDensity(MixtureFactors factors);
}
