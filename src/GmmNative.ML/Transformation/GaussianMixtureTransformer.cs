using GmmNative.ML.Persistence;
using GmmNative.ML.Schema;
using GmmNative.ML.Transformation;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GmmNative.ML;

/// <summary>Adds labels, distances, posteriors and log-densities of a Gaussian mixture to a data view.</summary>
/// <remarks>
/// Rows are scored in double precision when a cursor or a prediction engine asks for them, and only the active columns are computed. A
/// row with a value that is not finite is an error (<see cref="VectorDataException"/>) that names the row: remove or replace such values
/// before. A transformer is immutable and thread-safe. <c>mlContext.Model.Save</c> and <c>Load</c> save and load it, alone and in
/// pipelines. A program that loads such a file needs this assembly beside it, and nothing to register.
/// </remarks>
/// <example>
/// <code>
/// MLContext mlContext = new();
/// GaussianMixture model = ModelFile.Load("model.npz");   // trained by the program gmm, for example
/// GaussianMixtureTransformer transformer = new(model);
/// IDataView data = mlContext.Data.LoadFromTextFile(
///     "samples/data/faithful.csv", [new("Features", DataKind.Single, 0, 1)], separatorChar: ',', hasHeader: true);
/// float[] logDensities = [.. transformer.Transform(data).GetColumn&lt;float&gt;("LogDensity")];
/// mlContext.Model.Save(transformer, data.Schema, "mixture.zip");
/// </code>
/// </example>
public sealed class GaussianMixtureTransformer : ITransformer
{
    /// <summary>Creates a transformer from a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="featureColumnName">The column of features: vectors of Single or Double with the dimension of the model.</param>
    /// <param name="columns">The names of the added columns; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">A name is empty, or two output names are equal.</exception>
    /// <exception cref="InvalidMixtureException">A covariance is not positive definite.</exception>
    public GaussianMixtureTransformer(
        GaussianMixture model, string featureColumnName = "Features", GaussianMixtureColumns? columns = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(featureColumnName);
        Columns = columns ?? new GaussianMixtureColumns();
        Columns.Validate();
        Model = model;
        Scorer = model.CreateScorer();
        FeatureColumnName = featureColumnName;
    }

    /// <summary>The model.</summary>
    public GaussianMixture Model { get; }

    /// <summary>The model, prepared for single rows.</summary>
    public MixtureScorer Scorer { get; }

    /// <summary>The name of the column of features.</summary>
    public string FeatureColumnName { get; }

    /// <summary>The names of the added columns.</summary>
    public GaussianMixtureColumns Columns { get; }

    /// <summary>
    /// The result of the training, with the log-likelihood, history and diagnostics; <see langword="null"/> if the transformer was loaded
    /// or made from a model.
    /// </summary>
    public GmmFitResult? FitResult { get; internal init; }

    /// <summary>True: each row is scored by itself.</summary>
    public bool IsRowToRowMapper => true;

    /// <summary>Returns the schema of a data view with the added columns.</summary>
    /// <exception cref="ArgumentException">
    /// The column of features is missing, is no vector of Single or Double, or has another dimension than the model.
    /// </exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => MapperOf(inputSchema).OutputSchema;

    /// <summary>Returns what adds the columns to single rows.</summary>
    /// <exception cref="ArgumentException">
    /// The column of features is missing, is no vector of Single or Double, or has another dimension than the model.
    /// </exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => MapperOf(inputSchema);

    /// <summary>Returns a data view with the added columns. Rows are scored when they are read.</summary>
    /// <exception cref="ArgumentException">
    /// The column of features is missing, is no vector of Single or Double, or has another dimension than the model.
    /// </exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new MappedDataView(MapperOf(input.Schema), input);
    }

    /// <inheritdoc/>
    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        TransformerFile.Save(this, ctx);
    }

    private GaussianMixtureRowMapper MapperOf(DataViewSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return new GaussianMixtureRowMapper(this, schema);
    }
}
