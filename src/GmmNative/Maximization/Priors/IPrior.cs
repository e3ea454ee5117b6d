using GmmNative.Expectation;
using GmmNative.Statistics;

namespace GmmNative.Maximization.Priors;

/// <summary>
/// A prior: its additions to the sums of the M-step and to the objective. Weights, means and covariances may be drawn to the prior with
/// different strengths. Thread-safe, because components are updated at the same time.
/// </summary>
internal interface IPrior
{
    /// <summary>Adds to the moments of one component.</summary>
    /// <param name="component">The component.</param>
    /// <param name="moments">The moments of the component; changed.</param>
    void AddTo(int component, ComponentMoments moments);

    /// <summary>Adds to the sums from which the weights are computed.</summary>
    /// <param name="occupancies">N_k of the K components; changed to values proportional to the weights.</param>
    /// <param name="totalWeight">The sum of the weights of the rows.</param>
    /// <returns>The divisor of the occupancies with which the weights sum to 1.</returns>
    double AddToWeights(Span<double> occupancies, double totalWeight);

    /// <summary>Returns the model whose mean and covariance a component keeps if it has neither rows nor additions of the prior.</summary>
    /// <param name="model">The model before the update.</param>
    GaussianMixture KeptFrom(GaussianMixture model) => model;

    /// <summary>Returns the log prior of a model in nats, up to a constant that depends on no parameter of the model.</summary>
    /// <param name="factors">The model.</param>
    double LogDensity(MixtureFactors factors);
}
