using GmmNative.Expectation;
using GmmNative.Statistics;

namespace GmmNative.Maximization.Priors;

/// <summary>MAP adaptation with a relevance factor (Reynolds, Quatieri and Dunn, 2000, equations 8 to 14).</summary>
/// <remarks>
/// With a_k = N_k / (N_k + r), means and second moments are a_k times those of the rows plus (1 - a_k) times those of the background model.
/// That is the update with r additional rows for each component, which have the moments of the background model's component. The weights
/// do not follow from additional rows, so the update does not maximize any objective: <see cref="LogDensity"/> is 0, and the log-likelihood
/// may fall.
/// </remarks>
/// <param name="ubm">The background model, in the structure of the model.</param>
/// <param name="relevance">The relevance factor r, at least 0.</param>
internal sealed class RelevancePrior(GaussianMixture ubm, double relevance) : IPrior
{
    /// <summary>Returns the model of the first pass: parameters that are not adapted are those of the background model.</summary>
    /// <param name="start">The starting model.</param>
    /// <param name="ubm">The background model, in the structure of the starting model.</param>
    /// <param name="adapted">The parameters that are adapted.</param>
    public static GaussianMixture StartFrom(GaussianMixture start, GaussianMixture ubm, MixtureParameters adapted)
    {
        GaussianMixture From(MixtureParameters kind) => adapted.HasFlag(kind) ? start : ubm;
        return ReferenceEquals(start, ubm)
            ? start.WithVariational(null)
            : GaussianMixture.FromTrusted(
                ubm.Structure, From(MixtureParameters.Weights).Weights.ToArray(), From(MixtureParameters.Means).Means.ToArray(),
                From(MixtureParameters.Covariances).Covariances.ToArray()).WithColumns(start.Columns);
    }

    /// <inheritdoc/>
    public GaussianMixture KeptFrom(GaussianMixture model) => ubm;

    /// <inheritdoc/>
    public void AddTo(int component, ComponentMoments moments)
    {
        // A component without rows keeps the bits of the background model.
        if (relevance > 0 && moments.Occupancy > 0)
        {
            moments.AddRows(relevance, relevance, ubm, component);
        }
    }

    /// <inheritdoc/>
    /// <remarks>a_k N_k / T + (1 - a_k) w_k, divided by the sum over the components.</remarks>
    public double AddToWeights(Span<double> occupancies, double totalWeight)
    {
        double sum = 0;
        for (int k = 0; k < occupancies.Length; k++)
        {
            double share = occupancies[k] > 0 ? occupancies[k] / (occupancies[k] + relevance) : 0;
            occupancies[k] = (share * occupancies[k] / totalWeight) + ((1 - share) * ubm.Weights.Span[k]);
            sum += occupancies[k];
        }

        return sum;
    }

    /// <inheritdoc/>
    public double LogDensity(MixtureFactors factors) => 0;
}
