using CommunityToolkit.HighPerformance;
using GmmNative.Execution;
using GmmNative.Inference.Comparison;
using GmmNative.Model;
using GmmNative.Scoring;

namespace GmmNative;

/// <summary>Compares mixtures: log-likelihood ratios of rows, and divergences between mixtures.</summary>
/// <remarks>Thread-safe. Logarithms are natural (nats).</remarks>
/// <example>
/// <code>
/// GaussianMixture speaker = ModelFile.Load("speaker.npz");
/// GaussianMixture background = ModelFile.Load("background.npz");
/// double[,] rows = { { 1.5, 2.5 }, { 0.5, 3.0 } };
/// double[] ratios = speaker.LogLikelihoodRatios(background, rows);
/// MixtureDivergence divergence = speaker.Divergence(background, rows: 100_000, seed: 1);
/// </code>
/// </example>
public static class GaussianMixtureComparison
{
    private const int DefaultRows = 100_000;

    /// <summary>
    /// Computes the log-likelihood ratio of each row: its log-density under the model minus that under a background model. Rows are read
    /// once.
    /// </summary>
    /// <param name="model">The mixture.</param>
    /// <param name="background">
    /// The background mixture, of the same dimension. If both mixtures have column names, they are matched by name.
    /// </param>
    /// <param name="rows">T x D.</param>
    /// <param name="execution">The execution options; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <returns>T ratios, in nats; NaN for a row whose density is below the range of double under both mixtures.</returns>
    /// <exception cref="ArgumentException">The mixtures differ in dimension or in the names of columns.</exception>
    /// <exception cref="VectorDataException">
    /// The rows have another dimension, lack a named column, or contain a value that is not finite.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static double[] LogLikelihoodRatios(
        this GaussianMixture model, GaussianMixture background, IVectorSource rows, ExecutionOptions? execution = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        background = InOrderOf(model, background);
        return ScoreArray.Of(
            model, background, ModelColumns.Arrange(rows, model), ExecutionPlan.From(execution), cancellationToken);
    }

    /// <param name="rows">T x D, read in place. A <c>double[,]</c> converts to the parameter type.</param>
    /// <inheritdoc cref="LogLikelihoodRatios(GaussianMixture, GaussianMixture, IVectorSource, ExecutionOptions?, CancellationToken)"/>
    public static double[] LogLikelihoodRatios(
        this GaussianMixture model, GaussianMixture background, ReadOnlyMemory2D<double> rows, ExecutionOptions? execution = null,
        CancellationToken cancellationToken = default) =>
        model.LogLikelihoodRatios(background, VectorSource.From(rows), execution, cancellationToken);

    /// <param name="rows">T x D, read in place. A <c>float[,]</c> converts to the parameter type.</param>
    /// <inheritdoc cref="LogLikelihoodRatios(GaussianMixture, GaussianMixture, IVectorSource, ExecutionOptions?, CancellationToken)"/>
    public static double[] LogLikelihoodRatios(
        this GaussianMixture model, GaussianMixture background, ReadOnlyMemory2D<float> rows, ExecutionOptions? execution = null,
        CancellationToken cancellationToken = default) =>
        model.LogLikelihoodRatios(background, VectorSource.From(rows), execution, cancellationToken);

    /// <param name="rows">T * D values, row-major, read in place. A <c>double[]</c> converts to the parameter type.</param>
    /// <param name="dimension">D, at least 1.</param>
    /// <inheritdoc cref="LogLikelihoodRatios(GaussianMixture, GaussianMixture, IVectorSource, ExecutionOptions?, CancellationToken)"/>
    public static double[] LogLikelihoodRatios(
        this GaussianMixture model, GaussianMixture background, ReadOnlyMemory<double> rows, int dimension,
        ExecutionOptions? execution = null, CancellationToken cancellationToken = default) =>
        model.LogLikelihoodRatios(background, VectorSource.From(rows, dimension), execution, cancellationToken);

    /// <param name="rows">T * D values, row-major, read in place. A <c>float[]</c> converts to the parameter type.</param>
    /// <param name="dimension">D, at least 1.</param>
    /// <inheritdoc cref="LogLikelihoodRatios(GaussianMixture, GaussianMixture, IVectorSource, ExecutionOptions?, CancellationToken)"/>
    public static double[] LogLikelihoodRatios(
        this GaussianMixture model, GaussianMixture background, ReadOnlyMemory<float> rows, int dimension,
        ExecutionOptions? execution = null, CancellationToken cancellationToken = default) =>
        model.LogLikelihoodRatios(background, VectorSource.From(rows, dimension), execution, cancellationToken);

    /// <param name="rows">
    /// T rows of D numbers. A <c>double[][]</c> is read in place. Other sequences are enumerated once and copied.
    /// </param>
    /// <inheritdoc cref="LogLikelihoodRatios(GaussianMixture, GaussianMixture, IVectorSource, ExecutionOptions?, CancellationToken)"/>
    public static double[] LogLikelihoodRatios(
        this GaussianMixture model, GaussianMixture background, IEnumerable<double[]> rows, ExecutionOptions? execution = null,
        CancellationToken cancellationToken = default) =>
        model.LogLikelihoodRatios(background, VectorSource.From(rows), execution, cancellationToken);

    /// <param name="rows">T rows of D numbers. A <c>float[][]</c> is read in place. Other sequences are enumerated once and copied.</param>
    /// <inheritdoc cref="LogLikelihoodRatios(GaussianMixture, GaussianMixture, IVectorSource, ExecutionOptions?, CancellationToken)"/>
    public static double[] LogLikelihoodRatios(
        this GaussianMixture model, GaussianMixture background, IEnumerable<float[]> rows, ExecutionOptions? execution = null,
        CancellationToken cancellationToken = default) =>
        model.LogLikelihoodRatios(background, VectorSource.From(rows), execution, cancellationToken);

    /// <summary>
    /// Estimates the Kullback-Leibler divergences between two mixtures, in both directions, from rows drawn from each of them. There is no
    /// closed form for mixtures.
    /// </summary>
    /// <param name="model">The mixture P.</param>
    /// <param name="other">
    /// The mixture Q, of the same dimension. If both mixtures have column names, they are matched by name.
    /// </param>
    /// <param name="rows">The number of rows to draw from each mixture, at least 2. The default is 100,000.</param>
    /// <param name="seed">The seed of the random numbers. The default is 0.</param>
    /// <param name="execution">The execution options; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <returns>The divergences and their standard errors, which are proportional to 1 / sqrt(rows).</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rows"/> is below 2.</exception>
    /// <exception cref="ArgumentException">The mixtures differ in dimension or in the names of columns.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static MixtureDivergence Divergence(
        this GaussianMixture model, GaussianMixture other, long rows = DefaultRows, int seed = 0, ExecutionOptions? execution = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 2);
        other = InOrderOf(model, other);
        ExecutionPlan plan = ExecutionPlan.From(execution);
        RatioSums forward = RatioPass.Run(model, other, rows, seed, plan, cancellationToken);

        // The same seed: equal mixtures have a divergence of exactly 0 in either case, and the rows of different mixtures differ.
        RatioSums reverse = RatioPass.Run(other, model, rows, seed, plan, cancellationToken);
        return new MixtureDivergence(forward.Mean, forward.StandardError, reverse.Mean, reverse.StandardError, rows);
    }

    /// <summary>Returns a mixture with its columns in the order of another one.</summary>
    /// <exception cref="ArgumentException">The mixtures differ in dimension or in the names of columns.</exception>
    internal static GaussianMixture InOrderOf(GaussianMixture model, GaussianMixture other)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(other);
        return other.Dimension == model.Dimension
            ? ModelColumns.InOrderOf(other, model)
            : throw new ArgumentException($"The mixtures have dimensions {model.Dimension} and {other.Dimension}.", nameof(other));
    }
}
