using CommunityToolkit.HighPerformance;
using GmmNative.Data;
using GmmNative.Execution;
using GmmNative.Model;
using GmmNative.Scoring;

namespace GmmNative;

/// <summary>Applies a mixture to rows: log-densities, posteriors, labels and regression.</summary>
/// <remarks>Thread-safe. Log-densities are natural logarithms (nats).</remarks>
/// <example>
/// <code>
/// GaussianMixture model = ModelFile.Load("model.npz");
/// double[,] rows = { { 1.5, 2.5 }, { 0.5, 3.0 } };
/// double[] logDensities = model.LogDensities(rows);
/// double[,] posteriors = model.Posteriors(rows);
/// int[] labels = model.Labels(rows);
/// </code>
/// </example>
public static class GaussianMixtureScoring
{
    /// <summary>Prepares the mixture for scoring single rows or a few at a time. The result can be used for many calls.</summary>
    /// <param name="model">The mixture.</param>
    /// <param name="execution">
    /// The execution options for many rows; threads and batch size are ignored. <see langword="null"/> for the defaults.
    /// </param>
    /// <param name="missingValues">What happens to missing values, NaN. The default is an error.</param>
    /// <exception cref="InvalidMixtureException">A covariance is not positive definite.</exception>
    public static MixtureScorer CreateScorer(
        this GaussianMixture model, ExecutionOptions? execution = null, MissingValues missingValues = MissingValues.Error)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new MixtureScorer(model, ExecutionPlan.From(execution), missingValues);
    }

    /// <summary>Computes the log-density of each row: the log of the sum over components of w_k N(x; mu_k, Sigma_k).</summary>
    /// <param name="model">The mixture.</param>
    /// <param name="rows">T x D.</param>
    /// <param name="execution">The execution options; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <returns>T log-densities, in nats.</returns>
    /// <exception cref="VectorDataException">
    /// The rows have another dimension, lack a named column, or contain a value that is not finite.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static double[] LogDensities(
        this GaussianMixture model, IVectorSource rows, ExecutionOptions? execution = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rows);
        rows = ModelColumns.Arrange(rows, model);
        double[] result = new double[VectorSourceCount.ForArray(rows, 1, cancellationToken)];
        ScoringPass.Score(model, rows, new LogDensitySink(result), result.Length, ExecutionPlan.From(execution), cancellationToken);
        return result;
    }

    /// <param name="rows">T x D, read in place. A <c>double[,]</c> converts to the parameter type.</param>
    /// <inheritdoc cref="LogDensities(GaussianMixture, IVectorSource, ExecutionOptions?, CancellationToken)"/>
    public static double[] LogDensities(
        this GaussianMixture model, ReadOnlyMemory2D<double> rows, ExecutionOptions? execution = null,
        CancellationToken cancellationToken = default) =>
        model.LogDensities(VectorSource.From(rows), execution, cancellationToken);

    /// <param name="rows">T x D, read in place. A <c>float[,]</c> converts to the parameter type.</param>
    /// <inheritdoc cref="LogDensities(GaussianMixture, IVectorSource, ExecutionOptions?, CancellationToken)"/>
    public static double[] LogDensities(
        this GaussianMixture model, ReadOnlyMemory2D<float> rows, ExecutionOptions? execution = null,
        CancellationToken cancellationToken = default) =>
        model.LogDensities(VectorSource.From(rows), execution, cancellationToken);

    /// <param name="rows">T * D values, row-major, read in place. A <c>double[]</c> converts to the parameter type.</param>
    /// <param name="dimension">D, at least 1.</param>
    /// <inheritdoc cref="LogDensities(GaussianMixture, IVectorSource, ExecutionOptions?, CancellationToken)"/>
    public static double[] LogDensities(
        this GaussianMixture model, ReadOnlyMemory<double> rows, int dimension, ExecutionOptions? execution = null,
        CancellationToken cancellationToken = default) =>
        model.LogDensities(VectorSource.From(rows, dimension), execution, cancellationToken);

    /// <param name="rows">T * D values, row-major, read in place. A <c>float[]</c> converts to the parameter type.</param>
    /// <param name="dimension">D, at least 1.</param>
    /// <inheritdoc cref="LogDensities(GaussianMixture, IVectorSource, ExecutionOptions?, CancellationToken)"/>
    public static double[] LogDensities(
        this GaussianMixture model, ReadOnlyMemory<float> rows, int dimension, ExecutionOptions? execution = null,
        CancellationToken cancellationToken = default) =>
        model.LogDensities(VectorSource.From(rows, dimension), execution, cancellationToken);

    /// <param name="rows">
    /// T rows of D numbers. A <c>double[][]</c> is read in place. Other sequences are enumerated once and copied.
    /// </param>
    /// <inheritdoc cref="LogDensities(GaussianMixture, IVectorSource, ExecutionOptions?, CancellationToken)"/>
    public static double[] LogDensities(
        this GaussianMixture model, IEnumerable<double[]> rows, ExecutionOptions? execution = null,
        CancellationToken cancellationToken = default) =>
        model.LogDensities(VectorSource.From(rows), execution, cancellationToken);

    /// <param name="rows">T rows of D numbers. A <c>float[][]</c> is read in place. Other sequences are enumerated once and copied.</param>
    /// <inheritdoc cref="LogDensities(GaussianMixture, IVectorSource, ExecutionOptions?, CancellationToken)"/>
    public static double[] LogDensities(
        this GaussianMixture model, IEnumerable<float[]> rows, ExecutionOptions? execution = null,
        CancellationToken cancellationToken = default) =>
        model.LogDensities(VectorSource.From(rows), execution, cancellationToken);

    /// <summary>Computes the posterior probability of each component for each row.</summary>
    /// <inheritdoc cref="LogDensities(GaussianMixture, IVectorSource, ExecutionOptions?, CancellationToken)" path="//param"/>
    /// <inheritdoc cref="LogDensities(GaussianMixture, IVectorSource, ExecutionOptions?, CancellationToken)" path="//exception"/>
    /// <returns>T x K probabilities. Each row sums to 1.</returns>
    public static double[,] Posteriors(
        this GaussianMixture model, IVectorSource rows, ExecutionOptions? execution = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rows);
        rows = ModelColumns.Arrange(rows, model);
        double[,] result = new double[VectorSourceCount.ForArray(rows, model.ComponentCount, cancellationToken), model.ComponentCount];
        ScoringPass.Score(model, rows, new PosteriorSink(result), result.GetLength(0), ExecutionPlan.From(execution), cancellationToken);
        return result;
    }

    /// <param name="rows">T x D, read in place. A <c>double[,]</c> converts to the parameter type.</param>
    /// <inheritdoc cref="Posteriors(GaussianMixture, IVectorSource, ExecutionOptions?, CancellationToken)"/>
    public static double[,] Posteriors(
        this GaussianMixture model, ReadOnlyMemory2D<double> rows, ExecutionOptions? execution = null,
        CancellationToken cancellationToken = default) =>
        model.Posteriors(VectorSource.From(rows), execution, cancellationToken);

    /// <param name="rows">T x D, read in place. A <c>float[,]</c> converts to the parameter type.</param>
    /// <inheritdoc cref="Posteriors(GaussianMixture, IVectorSource, ExecutionOptions?, CancellationToken)"/>
    public static double[,] Posteriors(
        this GaussianMixture model, ReadOnlyMemory2D<float> rows, ExecutionOptions? execution = null,
        CancellationToken cancellationToken = default) =>
        model.Posteriors(VectorSource.From(rows), execution, cancellationToken);

    /// <param name="rows">T * D values, row-major, read in place. A <c>double[]</c> converts to the parameter type.</param>
    /// <param name="dimension">D, at least 1.</param>
    /// <inheritdoc cref="Posteriors(GaussianMixture, IVectorSource, ExecutionOptions?, CancellationToken)"/>
    public static double[,] Posteriors(
        this GaussianMixture model, ReadOnlyMemory<double> rows, int dimension, ExecutionOptions? execution = null,
        CancellationToken cancellationToken = default) =>
        model.Posteriors(VectorSource.From(rows, dimension), execution, cancellationToken);

    /// <param name="rows">T * D values, row-major, read in place. A <c>float[]</c> converts to the parameter type.</param>
    /// <param name="dimension">D, at least 1.</param>
    /// <inheritdoc cref="Posteriors(GaussianMixture, IVectorSource, ExecutionOptions?, CancellationToken)"/>
    public static double[,] Posteriors(
        this GaussianMixture model, ReadOnlyMemory<float> rows, int dimension, ExecutionOptions? execution = null,
        CancellationToken cancellationToken = default) =>
        model.Posteriors(VectorSource.From(rows, dimension), execution, cancellationToken);

    /// <param name="rows">
    /// T rows of D numbers. A <c>double[][]</c> is read in place. Other sequences are enumerated once and copied.
    /// </param>
    /// <inheritdoc cref="Posteriors(GaussianMixture, IVectorSource, ExecutionOptions?, CancellationToken)"/>
    public static double[,] Posteriors(
        this GaussianMixture model, IEnumerable<double[]> rows, ExecutionOptions? execution = null,
        CancellationToken cancellationToken = default) =>
        model.Posteriors(VectorSource.From(rows), execution, cancellationToken);

    /// <param name="rows">T rows of D numbers. A <c>float[][]</c> is read in place. Other sequences are enumerated once and copied.</param>
    /// <inheritdoc cref="Posteriors(GaussianMixture, IVectorSource, ExecutionOptions?, CancellationToken)"/>
    public static double[,] Posteriors(
        this GaussianMixture model, IEnumerable<float[]> rows, ExecutionOptions? execution = null,
        CancellationToken cancellationToken = default) =>
        model.Posteriors(VectorSource.From(rows), execution, cancellationToken);

    /// <summary>Determines the most probable component of each row; the first of several equally probable components.</summary>
    /// <inheritdoc cref="LogDensities(GaussianMixture, IVectorSource, ExecutionOptions?, CancellationToken)" path="//param"/>
    /// <inheritdoc cref="LogDensities(GaussianMixture, IVectorSource, ExecutionOptions?, CancellationToken)" path="//exception"/>
    /// <returns>T labels, from 0.</returns>
    public static int[] Labels(
        this GaussianMixture model, IVectorSource rows, ExecutionOptions? execution = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rows);
        rows = ModelColumns.Arrange(rows, model);
        int[] labels = new int[VectorSourceCount.ForArray(rows, 1, cancellationToken)];
        LabelSink sink = new(model.ComponentCount, labels, new double[labels.Length]);
        ScoringPass.Score(model, rows, sink, labels.Length, ExecutionPlan.From(execution), cancellationToken);
        return labels;
    }

    /// <param name="rows">T x D, read in place. A <c>double[,]</c> converts to the parameter type.</param>
    /// <inheritdoc cref="Labels(GaussianMixture, IVectorSource, ExecutionOptions?, CancellationToken)"/>
    public static int[] Labels(
        this GaussianMixture model, ReadOnlyMemory2D<double> rows, ExecutionOptions? execution = null,
        CancellationToken cancellationToken = default) =>
        model.Labels(VectorSource.From(rows), execution, cancellationToken);

    /// <param name="rows">T x D, read in place. A <c>float[,]</c> converts to the parameter type.</param>
    /// <inheritdoc cref="Labels(GaussianMixture, IVectorSource, ExecutionOptions?, CancellationToken)"/>
    public static int[] Labels(
        this GaussianMixture model, ReadOnlyMemory2D<float> rows, ExecutionOptions? execution = null,
        CancellationToken cancellationToken = default) =>
        model.Labels(VectorSource.From(rows), execution, cancellationToken);

    /// <param name="rows">T * D values, row-major, read in place. A <c>double[]</c> converts to the parameter type.</param>
    /// <param name="dimension">D, at least 1.</param>
    /// <inheritdoc cref="Labels(GaussianMixture, IVectorSource, ExecutionOptions?, CancellationToken)"/>
    public static int[] Labels(
        this GaussianMixture model, ReadOnlyMemory<double> rows, int dimension, ExecutionOptions? execution = null,
        CancellationToken cancellationToken = default) =>
        model.Labels(VectorSource.From(rows, dimension), execution, cancellationToken);

    /// <param name="rows">T * D values, row-major, read in place. A <c>float[]</c> converts to the parameter type.</param>
    /// <param name="dimension">D, at least 1.</param>
    /// <inheritdoc cref="Labels(GaussianMixture, IVectorSource, ExecutionOptions?, CancellationToken)"/>
    public static int[] Labels(
        this GaussianMixture model, ReadOnlyMemory<float> rows, int dimension, ExecutionOptions? execution = null,
        CancellationToken cancellationToken = default) =>
        model.Labels(VectorSource.From(rows, dimension), execution, cancellationToken);

    /// <param name="rows">
    /// T rows of D numbers. A <c>double[][]</c> is read in place. Other sequences are enumerated once and copied.
    /// </param>
    /// <inheritdoc cref="Labels(GaussianMixture, IVectorSource, ExecutionOptions?, CancellationToken)"/>
    public static int[] Labels(
        this GaussianMixture model, IEnumerable<double[]> rows, ExecutionOptions? execution = null,
        CancellationToken cancellationToken = default) =>
        model.Labels(VectorSource.From(rows), execution, cancellationToken);

    /// <param name="rows">T rows of D numbers. A <c>float[][]</c> is read in place. Other sequences are enumerated once and copied.</param>
    /// <inheritdoc cref="Labels(GaussianMixture, IVectorSource, ExecutionOptions?, CancellationToken)"/>
    public static int[] Labels(
        this GaussianMixture model, IEnumerable<float[]> rows, ExecutionOptions? execution = null,
        CancellationToken cancellationToken = default) =>
        model.Labels(VectorSource.From(rows), execution, cancellationToken);

    /// <summary>
    /// Computes labels and log-densities of the first N+1 coordinates under their marginal, and the regression of the other coordinates on
    /// them, y = mu_y + Sigma_yx Sigma_xx^-1 (x - mu_x), under the most probable component of each row. Compatible with <c>transform</c> of
    /// diffsptk.
    /// </summary>
    /// <param name="model">The mixture.</param>
    /// <param name="rows">
    /// T x (N+1), with at most D coordinates. If rows and model have names, the rows have the names of the model's leading columns.
    /// </param>
    /// <param name="execution">The execution options; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <exception cref="VectorDataException">
    /// The rows have more coordinates than the model, or contain a value that is not finite.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static TransformResult Transform(
        this GaussianMixture model, IVectorSource rows, ExecutionOptions? execution = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rows);
        rows = ModelColumns.Arrange(rows, model, leadingSuffice: true);
        return TransformArrays.Of(model, rows, ExecutionPlan.From(execution), cancellationToken);
    }

    /// <param name="rows">T x (N+1), read in place. A <c>double[,]</c> converts to the parameter type.</param>
    /// <inheritdoc cref="Transform(GaussianMixture, IVectorSource, ExecutionOptions?, CancellationToken)"/>
    public static TransformResult Transform(
        this GaussianMixture model, ReadOnlyMemory2D<double> rows, ExecutionOptions? execution = null,
        CancellationToken cancellationToken = default) =>
        model.Transform(VectorSource.From(rows), execution, cancellationToken);

    /// <param name="rows">T x (N+1), read in place. A <c>float[,]</c> converts to the parameter type.</param>
    /// <inheritdoc cref="Transform(GaussianMixture, IVectorSource, ExecutionOptions?, CancellationToken)"/>
    public static TransformResult Transform(
        this GaussianMixture model, ReadOnlyMemory2D<float> rows, ExecutionOptions? execution = null,
        CancellationToken cancellationToken = default) =>
        model.Transform(VectorSource.From(rows), execution, cancellationToken);

    /// <param name="rows">T * (N+1) values, row-major, read in place. A <c>double[]</c> converts to the parameter type.</param>
    /// <param name="dimension">N+1, at least 1.</param>
    /// <inheritdoc cref="Transform(GaussianMixture, IVectorSource, ExecutionOptions?, CancellationToken)"/>
    public static TransformResult Transform(
        this GaussianMixture model, ReadOnlyMemory<double> rows, int dimension, ExecutionOptions? execution = null,
        CancellationToken cancellationToken = default) =>
        model.Transform(VectorSource.From(rows, dimension), execution, cancellationToken);

    /// <param name="rows">T * (N+1) values, row-major, read in place. A <c>float[]</c> converts to the parameter type.</param>
    /// <param name="dimension">N+1, at least 1.</param>
    /// <inheritdoc cref="Transform(GaussianMixture, IVectorSource, ExecutionOptions?, CancellationToken)"/>
    public static TransformResult Transform(
        this GaussianMixture model, ReadOnlyMemory<float> rows, int dimension, ExecutionOptions? execution = null,
        CancellationToken cancellationToken = default) =>
        model.Transform(VectorSource.From(rows, dimension), execution, cancellationToken);

    /// <param name="rows">
    /// T rows of N+1 numbers. A <c>double[][]</c> is read in place. Other sequences are enumerated once and copied.
    /// </param>
    /// <inheritdoc cref="Transform(GaussianMixture, IVectorSource, ExecutionOptions?, CancellationToken)"/>
    public static TransformResult Transform(
        this GaussianMixture model, IEnumerable<double[]> rows, ExecutionOptions? execution = null,
        CancellationToken cancellationToken = default) =>
        model.Transform(VectorSource.From(rows), execution, cancellationToken);

    /// <param name="rows">
    /// T rows of N+1 numbers. A <c>float[][]</c> is read in place. Other sequences are enumerated once and copied.
    /// </param>
    /// <inheritdoc cref="Transform(GaussianMixture, IVectorSource, ExecutionOptions?, CancellationToken)"/>
    public static TransformResult Transform(
        this GaussianMixture model, IEnumerable<float[]> rows, ExecutionOptions? execution = null,
        CancellationToken cancellationToken = default) =>
        model.Transform(VectorSource.From(rows), execution, cancellationToken);
}
