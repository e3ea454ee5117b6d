using System.Text.Json.Serialization;

namespace GmmNative;

/// <summary>The fit of a model to rows, penalized for its number of free parameters. For every criterion, smaller is better.</summary>
/// <remarks>
/// With the log-likelihood L of all rows in nats, p free parameters and T rows: AIC = -2 L + 2 p (Akaike 1974), BIC = -2 L + p log T
/// (Schwarz 1978), ICL = BIC - 2 sum_t log(max_k r_tk) with the posteriors r (Biernacki, Celeux and Govaert 2000, with the most probable
/// components as in mclust). mclust's values have the opposite sign. With row weights, the sums are weighted and T is the sum of the
/// weights.
/// </remarks>
/// <example>
/// <code>
/// double[,] rows = { { 1.0, 2.1 }, { 0.9, 1.8 }, { 8.1, 9.0 }, { 8.4, 8.8 } };
/// GaussianMixture model = GaussianMixture.Fit(rows, components: 2);
/// MixtureCriteria criteria = model.Criteria(rows);
/// Console.WriteLine($"BIC {criteria.Bic:F2} with {criteria.Parameters} free parameters");
/// </code>
/// </example>
public sealed record MixtureCriteria
{
    /// <summary>The log-likelihood of all rows, in nats.</summary>
    [JsonConverter(typeof(FiniteNumberJsonConverter))]
    public required double LogLikelihood { get; init; }

    /// <summary>The number of free parameters of weights, means and covariances.</summary>
    public required long Parameters { get; init; }

    /// <summary>Akaike's information criterion.</summary>
    [JsonConverter(typeof(FiniteNumberJsonConverter))]
    public required double Aic { get; init; }

    /// <summary>The Bayesian information criterion.</summary>
    [JsonConverter(typeof(FiniteNumberJsonConverter))]
    public required double Bic { get; init; }

    /// <summary>The integrated completed likelihood.</summary>
    [JsonConverter(typeof(FiniteNumberJsonConverter))]
    public required double Icl { get; init; }

    /// <summary>Computes the criteria.</summary>
    /// <param name="logLikelihood">The log-likelihood of all rows, in nats.</param>
    /// <param name="logLargestPosteriors">The sum over rows of the logarithm of the largest posterior.</param>
    /// <param name="rows">The number of rows, or the sum of their weights.</param>
    /// <param name="parameters">The number of free parameters.</param>
    internal static MixtureCriteria From(double logLikelihood, double logLargestPosteriors, double rows, long parameters)
    {
        double bic = (-2 * logLikelihood) + (parameters * Math.Log(rows));
        return new MixtureCriteria
        {
            LogLikelihood = logLikelihood,
            Parameters = parameters,
            Aic = (-2 * logLikelihood) + (2.0 * parameters),
            Bic = bic,
            Icl = bic - (2 * logLargestPosteriors),
        };
    }
}
