using CommunityToolkit.HighPerformance;
using GmmNative.Execution;
using GmmNative.Model;
using GmmNative.Scoring.Imputation;

namespace GmmNative;

/// <summary>Replaces missing values, NaN, by their expected values under a mixture.</summary>
/// <remarks>
/// The expected value of a missing coordinate is sum_k r_k y_k, with the posteriors r_k of the observed coordinates and the regression
/// y_k = mu_u + Sigma_uo Sigma_oo^-1 (x_o - mu_o) of the missing coordinates u on the observed ones o under each component. A row with
/// nothing observed gets the mean of the mixture. Observed values are not changed. Computed in double precision. Thread-safe.
/// </remarks>
/// <example>
/// <code>
/// double[,] rows = { { 1.0, 2.1 }, { 0.9, double.NaN }, { 1.2, 2.0 }, { 8.1, 9.0 }, { double.NaN, 8.8 }, { 7.9, 9.3 } };
/// GmmOptions options = new() { MissingValues = MissingValues.Marginalize };
/// GaussianMixture model = new GaussianMixtureTrainer(components: 2, options).Fit(rows).Model;
/// double[,] completed = model.Impute(rows);
/// </code>
/// </example>
public static class GaussianMixtureImputation
{
    /// <summary>Replaces the missing values of rows. They are integrated out, whatever the policy of the source.</summary>
    /// <param name="model">The mixture.</param>
    /// <param name="rows">T x D. NaN is a missing value.</param>
    /// <param name="execution">The execution options; <see langword="null"/> for the defaults. The precision is always double.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <returns>T x D.</returns>
    /// <exception cref="VectorDataException">
    /// The rows have another dimension, lack a named column, or contain an infinite value.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static double[,] Impute(
        this GaussianMixture model, IVectorSource rows, ExecutionOptions? execution = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rows);
        return ImputedArray.Of(model, ModelColumns.Arrange(rows, model), ExecutionPlan.From(execution), cancellationToken);
    }

    /// <param name="rows">T x D, read in place. A <c>double[,]</c> converts to the parameter type.</param>
    /// <inheritdoc cref="Impute(GaussianMixture, IVectorSource, ExecutionOptions?, CancellationToken)"/>
    public static double[,] Impute(
        this GaussianMixture model, ReadOnlyMemory2D<double> rows, ExecutionOptions? execution = null,
        CancellationToken cancellationToken = default) =>
        model.Impute(VectorSource.From(rows), execution, cancellationToken);

    /// <param name="rows">T x D, read in place. A <c>float[,]</c> converts to the parameter type.</param>
    /// <inheritdoc cref="Impute(GaussianMixture, IVectorSource, ExecutionOptions?, CancellationToken)"/>
    public static double[,] Impute(
        this GaussianMixture model, ReadOnlyMemory2D<float> rows, ExecutionOptions? execution = null,
        CancellationToken cancellationToken = default) =>
        model.Impute(VectorSource.From(rows), execution, cancellationToken);

    /// <param name="rows">T * D values, row-major, read in place. A <c>double[]</c> converts to the parameter type.</param>
    /// <param name="dimension">D, at least 1.</param>
    /// <inheritdoc cref="Impute(GaussianMixture, IVectorSource, ExecutionOptions?, CancellationToken)"/>
    public static double[,] Impute(
        this GaussianMixture model, ReadOnlyMemory<double> rows, int dimension, ExecutionOptions? execution = null,
        CancellationToken cancellationToken = default) =>
        model.Impute(VectorSource.From(rows, dimension), execution, cancellationToken);

    /// <param name="rows">T * D values, row-major, read in place. A <c>float[]</c> converts to the parameter type.</param>
    /// <param name="dimension">D, at least 1.</param>
    /// <inheritdoc cref="Impute(GaussianMixture, IVectorSource, ExecutionOptions?, CancellationToken)"/>
    public static double[,] Impute(
        this GaussianMixture model, ReadOnlyMemory<float> rows, int dimension, ExecutionOptions? execution = null,
        CancellationToken cancellationToken = default) =>
        model.Impute(VectorSource.From(rows, dimension), execution, cancellationToken);

    /// <param name="rows">
    /// T rows of D numbers. A <c>double[][]</c> is read in place. Other sequences are enumerated once and copied.
    /// </param>
    /// <inheritdoc cref="Impute(GaussianMixture, IVectorSource, ExecutionOptions?, CancellationToken)"/>
    public static double[,] Impute(
        this GaussianMixture model, IEnumerable<double[]> rows, ExecutionOptions? execution = null,
        CancellationToken cancellationToken = default) =>
        model.Impute(VectorSource.From(rows), execution, cancellationToken);

    /// <param name="rows">T rows of D numbers. A <c>float[][]</c> is read in place. Other sequences are enumerated once and copied.</param>
    /// <inheritdoc cref="Impute(GaussianMixture, IVectorSource, ExecutionOptions?, CancellationToken)"/>
    public static double[,] Impute(
        this GaussianMixture model, IEnumerable<float[]> rows, ExecutionOptions? execution = null,
        CancellationToken cancellationToken = default) =>
        model.Impute(VectorSource.From(rows), execution, cancellationToken);
}
