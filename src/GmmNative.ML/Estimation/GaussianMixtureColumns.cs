namespace GmmNative.ML;

/// <summary>The names of the columns that a <see cref="GaussianMixtureTransformer"/> adds.</summary>
/// <example>
/// <code>
/// GaussianMixtureColumns columns = new() { PredictedLabel = "Cluster", LogDensity = "Density" };
/// GaussianMixtureEstimatorOptions options = new() { Columns = columns };
/// </code>
/// </example>
public sealed record GaussianMixtureColumns
{
    /// <summary>
    /// The most probable component: a key of K values, which starts at 1 for component 0. The default is <c>PredictedLabel</c>.
    /// </summary>
    public string PredictedLabel { get; init; } = "PredictedLabel";

    /// <summary>
    /// The distances to the K components in nats, Single: -log(w_k N(x; mu_k, Sigma_k)). The smallest distance belongs to the most probable
    /// component, as the evaluation of clusters expects. The default is <c>Score</c>.
    /// </summary>
    public string Score { get; init; } = "Score";

    /// <summary>The posterior probabilities of the K components, Single. Their sum is 1. The default is <c>Posterior</c>.</summary>
    public string Posterior { get; init; } = "Posterior";

    /// <summary>The log-density of the row in nats, Single. The default is <c>LogDensity</c>.</summary>
    public string LogDensity { get; init; } = "LogDensity";

    /// <summary>The names, in the order of the columns.</summary>
    internal string[] Names => [PredictedLabel, Score, Posterior, LogDensity];

    /// <summary>Throws if a name is empty or two are equal.</summary>
    /// <exception cref="ArgumentException">A name is null or empty, or two names are equal.</exception>
    public void Validate()
    {
        if (Names.Any(string.IsNullOrEmpty) || Names.Distinct().Count() < Names.Length)
        {
            throw new ArgumentException($"The output columns need distinct names, but they are: '{string.Join("', '", Names)}'.");
        }
    }
}
