using GmmNative.Expectation;
using GmmNative.Statistics;

namespace GmmNative.Maximization.Priors;

/// <summary>No prior: the M-step maximizes the likelihood.</summary>
internal sealed class NoPrior : IPrior
{
    private NoPrior()
    {
    }

    public static NoPrior Instance { get; } = new();

    /// <inheritdoc/>
    public void AddTo(int component, ComponentMoments moments)
    {
        // Only the rows count.
    }

    /// <inheritdoc/>
    public double AddToWeights(Span<double> occupancies, double totalWeight) => totalWeight;

    /// <inheritdoc/>
    public double LogDensity(MixtureFactors factors) => 0;
}
