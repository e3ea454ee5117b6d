using System.Numerics;
using GmmNative.Data;
using GmmNative.Execution;
using GmmNative.Expectation;
using GmmNative.Interop.Seam;
using GmmNative.Maximization;
using GmmNative.Passes;
using GmmNative.Statistics;
using GmmNative.Statistics.Missing;

namespace GmmNative.Estimation.Steps;

/// <summary>
/// An iteration of EM: computes the next model, and the log-likelihood of the current model. One instance serves one fit.
/// </summary>
/// <typeparam name="T">The precision of the products.</typeparam>
internal sealed class EmStep<T> : IEmStep
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly TrainingData _data;
    private readonly ExecutionPlan _execution;
    private readonly LiftedLayout _layout;
    private readonly IMaximization _maximization;
    private readonly MomentPrecision _precision;
    private readonly AccumulatorPool<SufficientStatistics> _pool;
    private readonly PooledSecondMoments<T> _pooled;
    private readonly MissingPass? _missing;

    /// <summary>The factors of the last update, if it computed them: those of the model of the next step.</summary>
    private MixtureFactors? _factors;

    /// <summary>
    /// Theta of the last step, whose memory serves the next step. Many small allocations on the pinned heap would cause many collections.
    /// </summary>
    private PackedOperand<T>? _spentTheta;

    /// <summary>Prepares the steps of a fit by EM.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="structure">The structure of the covariances.</param>
    /// <param name="components">K.</param>
    /// <param name="options">The options of the M-step.</param>
    /// <param name="execution">The backend, threads and numerical path.</param>
    public EmStep(TrainingData data, CovarianceStructure structure, int components, UpdateOptions options, ExecutionPlan execution)
        : this(data, structure, components, new MixtureUpdate(structure, components, options), execution)
    {
    }

    /// <summary>Prepares the steps of a fit with any M-step.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="structure">The structure of the covariances.</param>
    /// <param name="components">K.</param>
    /// <param name="maximization">The M-step.</param>
    /// <param name="execution">The backend, threads and numerical path.</param>
    public EmStep(TrainingData data, CovarianceStructure structure, int components, IMaximization maximization, ExecutionPlan execution)
    {
        _data = data;
        _execution = execution;
        _layout = new LiftedLayout(structure);
        _maximization = maximization;
        _precision = execution.Path == NumericalPath.Products ? MomentPrecision.Unchecked : PrecisionLimits<T>.MomentPrecision;
        _pool = new AccumulatorPool<SufficientStatistics>(() => new SufficientStatistics(_layout, components));
        _pooled = new PooledSecondMoments<T>(data, _precision.Pooled);
        _missing = data.Missing is null ? null : new MissingPass(data, structure, components, execution);
    }

    /// <inheritdoc/>
    public double Epsilon => PrecisionLimits<T>.Epsilon;

    /// <inheritdoc/>
    public EmStepResult Run(GaussianMixture model, int iteration, Action<int>? progress, CancellationToken cancellationToken)
    {
        MixtureFactors factors = _factors is { } known && ReferenceEquals(known.Model, model) ? known : new(model, _execution);
        _factors = null;
        PreparedMixture<T> prepared = new(factors, _layout, ExpansionPoint.Of(model), _execution, _spentTheta);
        _spentTheta = null;
        double[]? pooled = _missing is null ? _pooled.Of(prepared, cancellationToken) : null;

        // Without pooled second moments, components that share a covariance are summed about their means.
        bool isOwn = _layout.Quadratic == QuadraticFeatures.None && pooled is null;
        MomentOrigins origins = isOwn
            ? MomentOrigins.Given(model.Means, model.Dimension, [.. Enumerable.Repeat(true, model.ComponentCount)])
            : MomentOrigins.Means(model);
        SufficientStatistics statistics = Expect(prepared, origins, pooled, progress, cancellationToken);
        UpdateResult result = Maximize(model, statistics, iteration, pooled is null ? _precision : _precision.Pooled);
        if (result.HasLostDigits)
        {
            // Variances are small differences of large moments: the rows are summed again with the same posteriors, about the new means.
            origins = MomentOrigins.Given(result.Means, model.Dimension, result.LostDigits);
            SufficientStatistics refined = Expect(prepared, origins, null, progress, cancellationToken);
            result = Maximize(model, refined, iteration, MomentPrecision.Unchecked);
            _pool.Return(refined);
        }

        _factors = result.Factors;
        Objective objective = _maximization.Evaluate(factors, statistics, result);
        EmStepResult step = new()
        {
            Update = result,
            LogLikelihood = statistics.LogLikelihood,
            Objective = objective.Value,
            IsObjectiveOfUpdate = objective.IsOfUpdate,
            Rows = statistics.Rows,
            TotalWeight = statistics.TotalWeight,
            Magnitude = objective.Magnitude,
            Condition = factors.Condition,
            CenteredShare = statistics.CenteredPairs / ((double)statistics.Rows * statistics.Components),
        };
        _pool.Return(statistics);
        _spentTheta = prepared.Products?.Theta;
        return step;
    }

    private UpdateResult Maximize(GaussianMixture model, SufficientStatistics sums, int iteration, MomentPrecision precision)
    {
        SameRows.Check(sums.Rows, _data.Summary.Rows, []);
        if (double.IsNaN(sums.LogLikelihood))
        {
            // The log-likelihood may be minus infinity, but NaN can only result from a row that is not finite.
            throw SameRows.NotFinite();
        }

        UpdateResult updated = _maximization.Update(model, sums, iteration, precision);
        SameRows.Check(sums.Rows, _data.Summary.Rows, updated.Means);
        return updated;
    }

    private SufficientStatistics Expect(
        PreparedMixture<T> prepared, MomentOrigins origins, double[]? pooled, Action<int>? progress, CancellationToken cancellationToken)
    {
        DensityForm[]? forms = KnownForms.Of(prepared, _data.Summary.Reach(prepared.ExpansionPoint), omitsCommon: pooled is not null);
        ChunkGeometry geometry = prepared.Geometry;

        // With few rows, buffers for whole chunks would take more time to clear than the rows take to process.
        int chunkRows = _data.Rows is IRandomAccessVectorSource direct
            ? (int)Math.Min(geometry.ChunkRows, direct.Count) : geometry.ChunkRows;
        SufficientStatistics sums = _missing is not null
            ? _missing.Run(prepared, forms, origins, _pool, progress, cancellationToken)
            : ChunkedPass.Run(
                _data.Rows, geometry, _execution,
                _pool.BegunBy(sums => sums.Begin(prepared.ExpansionPoint, origins)),
                () => new StatisticsWorker<T>(prepared, forms, chunkRows, pooled is not null),
                progress, cancellationToken, _data.Weights);
        if (_data.WeightScale != 1)
        {
            // A prior counts in the scale of the given weights.
            sums.Scale(_data.WeightScale);
        }

        if (pooled is not null)
        {
            sums.SetPooled(pooled, prepared.Products!.Common);
        }

        return sums;
    }
}
