using CommunityToolkit.HighPerformance;
using GmmNative.Execution;
using GmmNative.Inference.Comparison;
using GmmNative.Model;
using GmmNative.Scoring;

namespace GmmNative;

/// <summary>Finds the log-density below which rows are unusual for a mixture.</summary>
/// <remarks>Thread-safe. Log-densities are natural logarithms (nats).</remarks>
/// <example>
/// <code>
/// GaussianMixture model = ModelFile.Load("model.npz");
/// using IVectorSource training = VectorFile.Open("training.npy");
/// double threshold = model.LogDensityQuantile(training, share: 0.01);
/// double[,] rows = { { 1.5, 2.5 }, { 0.5, 3.0 } };
/// bool[] anomalies = [.. model.LogDensities(rows).Select(logDensity => logDensity &lt; threshold)];
/// </code>
/// </example>
public static class GaussianMixtureAnomalies
{
    /// <summary>
    /// Computes a quantile of the log-densities of rows, usually of the training data: the threshold below which a given share of these
    /// rows lies.
    /// </summary>
    /// <remarks>
    /// The quantile is interpolated linearly between the two nearest log-densities, as <c>numpy.percentile</c> does by default. The
    /// log-densities take 8 bytes per row during the call.
    /// </remarks>
    /// <param name="model">The mixture.</param>
    /// <param name="rows">T x D, at least one row.</param>
    /// <param name="share">The share of the rows below the threshold, 0 to 1. For example, 0.01 is the first percentile.</param>
    /// <param name="execution">The execution options; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <returns>The log-density in nats.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="share"/> is not from 0 to 1.</exception>
    /// <exception cref="VectorDataException">
    /// There are no rows, or the rows have another dimension, lack a named column, or contain a value that is not finite.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static double LogDensityQuantile(
        this GaussianMixture model, IVectorSource rows, double share, ExecutionOptions? execution = null,
        CancellationToken cancellationToken = default) =>
        LogDensityQuantile(model, null, rows, share, execution, cancellationToken);

    /// <param name="rows">T x D, read in place. A <c>double[,]</c> converts to the parameter type.</param>
    /// <inheritdoc cref="LogDensityQuantile(GaussianMixture, IVectorSource, double, ExecutionOptions?, CancellationToken)"/>
    public static double LogDensityQuantile(
        this GaussianMixture model, ReadOnlyMemory2D<double> rows, double share, ExecutionOptions? execution = null,
        CancellationToken cancellationToken = default) =>
        model.LogDensityQuantile(VectorSource.From(rows), share, execution, cancellationToken);

    /// <param name="rows">T x D, read in place. A <c>float[,]</c> converts to the parameter type.</param>
    /// <inheritdoc cref="LogDensityQuantile(GaussianMixture, IVectorSource, double, ExecutionOptions?, CancellationToken)"/>
    public static double LogDensityQuantile(
        this GaussianMixture model, ReadOnlyMemory2D<float> rows, double share, ExecutionOptions? execution = null,
        CancellationToken cancellationToken = default) =>
        model.LogDensityQuantile(VectorSource.From(rows), share, execution, cancellationToken);

    /// <param name="rows">T * D values, row-major, read in place. A <c>double[]</c> converts to the parameter type.</param>
    /// <param name="dimension">D, at least 1.</param>
    /// <inheritdoc cref="LogDensityQuantile(GaussianMixture, IVectorSource, double, ExecutionOptions?, CancellationToken)"/>
    public static double LogDensityQuantile(
        this GaussianMixture model, ReadOnlyMemory<double> rows, int dimension, double share, ExecutionOptions? execution = null,
        CancellationToken cancellationToken = default) =>
        model.LogDensityQuantile(VectorSource.From(rows, dimension), share, execution, cancellationToken);

    /// <param name="rows">T * D values, row-major, read in place. A <c>float[]</c> converts to the parameter type.</param>
    /// <param name="dimension">D, at least 1.</param>
    /// <inheritdoc cref="LogDensityQuantile(GaussianMixture, IVectorSource, double, ExecutionOptions?, CancellationToken)"/>
    public static double LogDensityQuantile(
        this GaussianMixture model, ReadOnlyMemory<float> rows, int dimension, double share, ExecutionOptions? execution = null,
        CancellationToken cancellationToken = default) =>
        model.LogDensityQuantile(VectorSource.From(rows, dimension), share, execution, cancellationToken);

    /// <param name="rows">
    /// T rows of D numbers. A <c>double[][]</c> is read in place. Other sequences are enumerated once and copied.
    /// </param>
    /// <inheritdoc cref="LogDensityQuantile(GaussianMixture, IVectorSource, double, ExecutionOptions?, CancellationToken)"/>
    public static double LogDensityQuantile(
        this GaussianMixture model, IEnumerable<double[]> rows, double share, ExecutionOptions? execution = null,
        CancellationToken cancellationToken = default) =>
        model.LogDensityQuantile(VectorSource.From(rows), share, execution, cancellationToken);

    /// <param name="rows">T rows of D numbers. A <c>float[][]</c> is read in place. Other sequences are enumerated once and copied.</param>
    /// <inheritdoc cref="LogDensityQuantile(GaussianMixture, IVectorSource, double, ExecutionOptions?, CancellationToken)"/>
    public static double LogDensityQuantile(
        this GaussianMixture model, IEnumerable<float[]> rows, double share, ExecutionOptions? execution = null,
        CancellationToken cancellationToken = default) =>
        model.LogDensityQuantile(VectorSource.From(rows), share, execution, cancellationToken);

    /// <summary>Computes a quantile of log-densities, or of log-likelihood ratios if there is a background model.</summary>
    internal static double LogDensityQuantile(
        GaussianMixture model, GaussianMixture? background, IVectorSource rows, double share, ExecutionOptions? execution,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rows);
        if (!(share >= 0 && share <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share), $"The share of the rows must be from 0 to 1, not {share}.");
        }

        rows = ModelColumns.Arrange(rows, model);
        double[] scores = ScoreArray.Of(model, background, rows, ExecutionPlan.From(execution), cancellationToken);

        // Rows that are left out because of missing values.
        scores = scores.AsSpan().Contains(double.NaN) ? [.. scores.Where(score => !double.IsNaN(score))] : scores;
        return scores.Length > 0
            ? Quantile.Of(scores, share)
            : throw new VectorDataException("There are no rows, so there is no quantile of their log-densities.");
    }
}
