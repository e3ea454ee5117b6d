using System.Numerics;

namespace GmmNative;

/// <summary>One iteration of EM: from a model to the next one, with the log-likelihood of the first. One instance serves one fit.</summary>
/// <typeparam name="T">Precision of the products.</typeparam>
internal sealed class EmStep<T> : IEmStep
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly TrainingData _data;
    private readonly MaximizationOptions _options;
    private readonly ExecutionPlan _execution;
    private readonly FeatureMap _map;
    private readonly Maximization _maximization;
    private readonly MomentPrecision _precision;
    private readonly AccumulatorPool<SufficientStatistics> _pool;

    /// <summary>Prepares the steps of a fit.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="structure">The structure of the covariances.</param>
    /// <param name="components">K.</param>
    /// <param name="options">The M-step's options.</param>
    /// <param name="execution">Backend, threads and path.</param>
    public EmStep(TrainingData data, CovarianceStructure structure, int components, MaximizationOptions options, ExecutionPlan execution)
    {
        _data = data;
        _options = options;
        _execution = execution;
        _map = new FeatureMap(structure);
        _maximization = new Maximization(structure, components, options);
        _precision = execution.Path == NumericalPath.Products ? MomentPrecision.Unchecked : ExpectationPlan<T>.MomentPrecision;
        _pool = new AccumulatorPool<SufficientStatistics>(() => new SufficientStatistics(_map, components));
    }

    /// <inheritdoc/>
    public double Epsilon => ExpectationPlan<T>.Epsilon;

    /// <inheritdoc/>
    public EmStepResult Run(GaussianMixture model, int iteration, Action<int>? progress, CancellationToken cancellationToken)
    {
        ExpectationPlan<T> plan = new(model, _map, MixtureMiddle.Of(model), _execution);
        StatisticsOrigins origins = StatisticsOrigins.Means(model);
        SufficientStatistics statistics = Expect(plan, origins, progress, cancellationToken);
        MaximizationResult result = Maximize(model, plan, statistics, origins, iteration, _precision);
        if (result.HasLostDigits)
        {
            // Variances that are small differences of large moments: the same posteriors once more, summed about the new means.
            origins = StatisticsOrigins.Given(result.Means, model.Dimension, result.LostDigits);
            SufficientStatistics refined = Expect(plan, origins, progress, cancellationToken);
            result = Maximize(model, plan, refined, origins, iteration, MomentPrecision.Unchecked);
            _pool.Return(refined);
        }

        double prior = _options.Ubm is { } ubm ? AlphaPrior.LogDensity(plan.Factors, ubm, _options.Alpha) : 0;
        EmStepResult step = new()
        {
            Update = result,
            LogLikelihood = statistics.LogLikelihood,
            Objective = statistics.LogLikelihood + prior,
            Rows = statistics.Rows,
            Magnitude = statistics.Magnitude,
            Condition = plan.Factors.Condition,
            CentredShare = statistics.CentredPairs / ((double)statistics.Rows * statistics.Components),
        };
        _pool.Return(statistics);
        return step;
    }

    private MaximizationResult Maximize(
        GaussianMixture model, ExpectationPlan<T> plan, SufficientStatistics sums, StatisticsOrigins origins, int iteration,
        MomentPrecision precision)
    {
        SameRows.Check(sums.Rows, _data.Summary.Rows, []);
        if (double.IsNaN(sums.LogLikelihood))
        {
            // It may be minus infinity, but NaN comes of a NaN among the rows only.
            throw SameRows.NotFinite();
        }

        MaximizationResult updated = _maximization.Update(model, sums, plan.Shift, origins, iteration, precision);
        SameRows.Check(sums.Rows, _data.Summary.Rows, updated.Means);
        return updated;
    }

    private SufficientStatistics Expect(
        ExpectationPlan<T> plan, StatisticsOrigins origins, Action<int>? progress, CancellationToken cancellationToken)
    {
        // Where one form serves for rows as far out as any, no chunk needs to look.
        DensityForm[]? forms = new DensityForm[plan.Components];
        plan.DecideForms(_data.Summary.Reach(plan.Shift), new double[plan.Products is null ? 0 : _map.Features], forms);
        if (plan.MayChoose && forms.AsSpan().Contains(DensityForm.CentredInDouble))
        {
            forms = null;
        }

        ChunkGeometry geometry = plan.Geometry;
        return ChunkedPass.Run(
            _data.Rows, geometry, _execution,
            _pool,
            () => new StatisticsWorker<T>(plan, origins, forms, geometry.ChunkRows),
            progress, cancellationToken);
    }
}
