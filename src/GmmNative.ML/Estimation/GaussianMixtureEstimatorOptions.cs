namespace GmmNative.ML;

/// <summary>Options of a <see cref="GaussianMixtureEstimator"/>.</summary>
/// <example>
/// <code>
/// GaussianMixtureEstimatorOptions options = new()
/// {
///     NumberOfComponents = 8,
///     ExampleWeightColumnName = "Weight",
///     Training = new() { Covariance = new() { Kind = CovarianceKind.Full }, Start = new() { Seed = 3 } },
/// };
/// </code>
/// </example>
public sealed record GaussianMixtureEstimatorOptions
{
    /// <summary>
    /// The name of the column of features: a vector of Single or Double, of known size. The default is <c>Features</c>.
    /// </summary>
    public string FeatureColumnName { get; init; } = "Features";

    /// <summary>
    /// The name of the column of row weights, Single or Double, at least 0; <see langword="null"/>, the default, if every row counts as
    /// one.
    /// </summary>
    public string? ExampleWeightColumnName { get; init; }

    /// <summary>The number of components, K, at least 1. The default is 5.</summary>
    public int NumberOfComponents { get; init; } = 5;

    /// <summary>The names of the columns that the transformer adds.</summary>
    public GaussianMixtureColumns Columns { get; init; } = new();

    /// <summary>The options of the training: covariances, start and seed, iterations and tolerance, priors, threads.</summary>
    public GmmOptions Training { get; init; } = new();

    /// <summary>
    /// The maximum memory in MB for a copy of the features, at least 0. The default is 1024. Features that fit are read once and kept
    /// during the training, in their own precision. Larger features are read again in every pass, and so is everything with 0.
    /// </summary>
    public int CacheMemoryBudgetMb { get; init; } = 1024;

    /// <summary>Throws if a value is out of range.</summary>
    /// <exception cref="ArgumentException">
    /// A name is empty, two output names are equal, <see cref="NumberOfComponents"/> is below 1, or <see cref="CacheMemoryBudgetMb"/> is
    /// negative.
    /// </exception>
    public void Validate()
    {
        if (string.IsNullOrEmpty(FeatureColumnName))
        {
            throw new ArgumentException("The name of the feature column is empty. Set FeatureColumnName.");
        }

        if (NumberOfComponents < 1)
        {
            throw new ArgumentException($"The number of components must be at least 1, but is {NumberOfComponents}.");
        }

        if (CacheMemoryBudgetMb < 0)
        {
            throw new ArgumentException($"The cache budget must be at least 0 MB, but is {CacheMemoryBudgetMb}.");
        }

        Columns.Validate();
    }
}
