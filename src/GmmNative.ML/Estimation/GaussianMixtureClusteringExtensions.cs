using Microsoft.ML;

namespace GmmNative.ML;

/// <summary>Adds Gaussian mixtures to <c>mlContext.Clustering.Trainers</c>.</summary>
/// <example>
/// <code>
/// MLContext mlContext = new();
/// IEstimator&lt;ITransformer&gt; pipeline = mlContext.Transforms.Concatenate("Features", "Eruptions", "Waiting")
///     .Append(mlContext.Transforms.NormalizeMeanVariance("Features"))
///     .Append(mlContext.Clustering.Trainers.GaussianMixture(numberOfComponents: 2));
/// </code>
/// </example>
public static class GaussianMixtureClusteringExtensions
{
    /// <summary>Creates an estimator that trains a Gaussian mixture.</summary>
    /// <param name="trainers">The trainers of clusters.</param>
    /// <param name="featureColumnName">The column of features: a vector of Single or Double, of known size.</param>
    /// <param name="exampleWeightColumnName">The column of row weights, Single or Double, or <see langword="null"/> for none.</param>
    /// <param name="numberOfComponents">The number of components, K, at least 1.</param>
    /// <param name="covariance">The kind of the covariances.</param>
    /// <param name="seed">The seed of the random numbers of the start.</param>
    /// <exception cref="ArgumentException">A name is empty, or the number of components is below 1.</exception>
    public static GaussianMixtureEstimator GaussianMixture(
        this ClusteringCatalog.ClusteringTrainers trainers, string featureColumnName = "Features", string? exampleWeightColumnName = null,
        int numberOfComponents = 5, CovarianceKind covariance = CovarianceKind.Diagonal, int seed = 0) =>
        trainers.GaussianMixture(new GaussianMixtureEstimatorOptions
        {
            FeatureColumnName = featureColumnName,
            ExampleWeightColumnName = exampleWeightColumnName,
            NumberOfComponents = numberOfComponents,
            Training = new() { Covariance = new() { Kind = covariance }, Start = new() { Seed = seed } },
        });

    /// <summary>Creates an estimator that trains a Gaussian mixture.</summary>
    /// <param name="trainers">The trainers of clusters.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static GaussianMixtureEstimator GaussianMixture(
        this ClusteringCatalog.ClusteringTrainers trainers, GaussianMixtureEstimatorOptions options)
    {
        ArgumentNullException.ThrowIfNull(trainers);
        ArgumentNullException.ThrowIfNull(options);
        return new GaussianMixtureEstimator(options);
    }
}
