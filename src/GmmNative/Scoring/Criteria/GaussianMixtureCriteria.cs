using CommunityToolkit.HighPerformance;
using GmmNative.Data;
using GmmNative.Execution;
using GmmNative.Model;
using GmmNative.Scoring;
using GmmNative.Scoring.Criteria;

namespace GmmNative;

/// <summary>Computes the criteria by which models of the same rows are compared.</summary>
/// <remarks>Thread-safe.</remarks>
/// <example>
/// <code>
/// double[,] rows = { { 1.0, 2.1 }, { 0.9, 1.8 }, { 8.1, 9.0 }, { 8.4, 8.8 } };
/// double one = GaussianMixture.Fit(rows, components: 1).Criteria(rows).Bic;
/// double two = GaussianMixture.Fit(rows, components: 2).Criteria(rows).Bic;
/// int best = two &lt; one ? 2 : 1;
/// </code>
/// </example>
public static class GaussianMixtureCriteria
{
    /// <summary>Returns the number of free parameters of a mixture: K - 1 weights, K D means, and those of the covariances.</summary>
    /// <param name="model">The mixture.</param>
    public static long CountParameters(this GaussianMixture model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return ((long)model.ComponentCount * model.Dimension) + model.ComponentCount - 1
            + model.Structure.CountParameters(model.ComponentCount);
    }

    /// <summary>Computes AIC, BIC and ICL of a mixture for rows, in one pass. Rows may have weights.</summary>
    /// <param name="model">The mixture.</param>
    /// <param name="rows">T x D, at least one row.</param>
    /// <param name="execution">The execution options; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <exception cref="VectorDataException">
    /// There are no rows, or they have another dimension, lack a named column, or contain a value that is not finite.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static MixtureCriteria Criteria(
        this GaussianMixture model, IVectorSource rows, ExecutionOptions? execution = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rows);
        CriteriaSums sums = CriteriaPass.Run(
            model, ModelColumns.Arrange(rows, model), rows.RowWeights, ExecutionPlan.From(execution), cancellationToken);
        return sums.Rows > 0
            ? MixtureCriteria.From(sums.LogLikelihood, sums.LogLargest, sums.Weight, model.CountParameters())
            : throw new VectorDataException("There are no rows: criteria need at least one.");
    }

    /// <param name="rows">T x D, read in place. A <c>double[,]</c> converts to the parameter type.</param>
    /// <inheritdoc cref="Criteria(GaussianMixture, IVectorSource, ExecutionOptions?, CancellationToken)"/>
    public static MixtureCriteria Criteria(
        this GaussianMixture model, ReadOnlyMemory2D<double> rows, ExecutionOptions? execution = null,
        CancellationToken cancellationToken = default) =>
        model.Criteria(VectorSource.From(rows), execution, cancellationToken);
}
