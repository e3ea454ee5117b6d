using GmmNative.ML.Rows;
using GmmNative.ML.Schema;
using Microsoft.ML;

namespace GmmNative.ML;

/// <summary>Trains a Gaussian mixture in an ML.NET pipeline.</summary>
/// <remarks>
/// The transformer adds four columns (<see cref="GaussianMixtureColumns"/>). Training is deterministic: the same rows, options and backend
/// give the same bits. The seed is that of <see cref="GmmStartOptions.Seed"/>, not that of the <see cref="MLContext"/>. An estimator is
/// thread-safe.
/// </remarks>
/// <example>
/// <code>
/// MLContext mlContext = new(seed: 1);
/// IDataView data = mlContext.Data.LoadFromTextFile(
///     "samples/data/faithful.csv", [new("Features", DataKind.Single, 0, 1)], separatorChar: ',', hasHeader: true);
/// GaussianMixtureEstimator estimator = mlContext.Clustering.Trainers.GaussianMixture(numberOfComponents: 2);
/// GaussianMixtureTransformer transformer = estimator.Fit(data);
/// IDataView scored = transformer.Transform(data);
/// </code>
/// </example>
public sealed class GaussianMixtureEstimator : IEstimator<GaussianMixtureTransformer>
{
    /// <summary>Creates an estimator.</summary>
    /// <param name="options">The options; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public GaussianMixtureEstimator(GaussianMixtureEstimatorOptions? options = null)
    {
        Options = options ?? new GaussianMixtureEstimatorOptions();
        Options.Validate();
    }

    /// <summary>The options.</summary>
    public GaussianMixtureEstimatorOptions Options { get; }

    /// <summary>Trains a mixture.</summary>
    /// <param name="input">
    /// The rows. Only the columns of features and weights are read. See <see cref="GaussianMixtureEstimatorOptions.CacheMemoryBudgetMb"/>.
    /// </param>
    /// <exception cref="ArgumentException">A column is missing or has a wrong type, or the options do not fit the data.</exception>
    /// <exception cref="VectorDataException">
    /// There are no rows, a value is not finite, or a weight is negative. The message names the column and the row, from 1.
    /// </exception>
    /// <exception cref="SingularCovarianceException">
    /// A covariance is singular, and the options or a variance floor of 0 do not allow repairing it.
    /// </exception>
    public GaussianMixtureTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        FeatureColumn features = FeatureColumn.Find(input.Schema, Options.FeatureColumnName);
        double[] weights = Options.ExampleWeightColumnName is { } name
            ? DataViewRows.ReadWeights(input, WeightColumn.Find(input.Schema, name))
            : [];
        GaussianMixtureTrainer trainer = new(Options.NumberOfComponents, Options.Training);
        using IVectorSource rows = DataViewRows.Open(input, features, Options.CacheMemoryBudgetMb);
        GmmFitResult result = trainer.Fit(rows, rowWeights: weights);
        return new GaussianMixtureTransformer(result.Model, Options.FeatureColumnName, Options.Columns) { FitResult = result };
    }

    /// <summary>Checks the columns of a pipeline before there is data, and returns the columns with those that are added.</summary>
    /// <exception cref="ArgumentException">A column is missing or has a wrong type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        EstimatorSchema.CheckFeatures(inputSchema, Options.FeatureColumnName);
        if (Options.ExampleWeightColumnName is { } name)
        {
            EstimatorSchema.CheckWeights(inputSchema, name);
        }

        return EstimatorSchema.WithOutputs(inputSchema, Options.Columns);
    }
}
