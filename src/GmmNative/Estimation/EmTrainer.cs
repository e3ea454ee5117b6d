using System.Numerics;

namespace GmmNative;

/// <summary>Expectation-maximisation from a starting model.</summary>
/// <typeparam name="T">Precision of the products.</typeparam>
internal sealed class EmTrainer<T>(GmmOptions options, MaximizationOptions maximization, ExecutionPlan execution, TrainingProgress progress)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Relative error of a total log-likelihood that rounding can make, in units of the precision.</summary>
    private const double RoundingUnits = 64;

    /// <summary>Iterates until the log-likelihood stops rising, the iterations are done or the caller cancels.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled before the first iteration was complete.</exception>
    public GmmFitResult Run(GaussianMixture start, IVectorSource rows, DataSummary summary, CancellationToken cancellationToken)
    {
        FeatureMap map = new(start.Structure);
        AccumulatorPool<SufficientStatistics> pool = new(() => new SufficientStatistics(map, start.ComponentCount));
        Maximization update = new(maximization);
        List<EmIteration> history = [];
        GaussianMixture model = start;
        DiagnosticsBuilder diagnostics = new(execution, map, start.ComponentCount);
        StopReason stop = StopReason.IterationLimit;
        for (int iteration = 1; iteration <= options.Iterations; iteration++)
        {
            try
            {
                progress.Start(TrainingPhase.Em, iteration, options.Iterations, model.ComponentCount);
                (SufficientStatistics statistics, MaximizationResult result) = Iterate(model, map, pool, update, rows, summary, iteration, cancellationToken);
                model = result.Model;
                history.Add(progress.CompleteEm(statistics.LogLikelihood, statistics.Rows));
                diagnostics.Add(result, statistics);
                pool.Return(statistics);
            }
            catch (OperationCanceledException) when (history.Count > 0 && cancellationToken.IsCancellationRequested)
            {
                stop = StopReason.Cancelled;
                break;
            }

            if (iteration > 1 && Rise(history) < options.Tolerance)
            {
                stop = StopReason.Converged;
                break;
            }
        }

        return new GmmFitResult
        {
            Model = model,
            TotalLogLikelihood = history[^1].TotalLogLikelihood,
            RowCount = summary.Rows,
            History = history,
            StopReason = stop,
            Diagnostics = diagnostics.Build(),
        };
    }

    /// <summary>By how much the log-likelihood of the last iteration exceeds the one before; a fall that is nothing but rounding counts as none.</summary>
    private double Rise(List<EmIteration> history)
    {
        double total = history[^1].TotalLogLikelihood;
        double rise = total - history[^2].TotalLogLikelihood;

        // With tolerance 0 a converged model must not stop one run early and another late by the noise of the last digits.
        if (rise < 0 && -rise <= RoundingUnits * ExpectationPlan<T>.Epsilon * Math.Abs(total))
        {
            rise = 0;
        }

        return options.ToleranceOn == ToleranceTarget.Total ? rise : rise / history[^1].Rows;
    }

    private (SufficientStatistics Statistics, MaximizationResult Result) Iterate(
        GaussianMixture model, FeatureMap map, AccumulatorPool<SufficientStatistics> pool, Maximization update, IVectorSource rows, DataSummary summary, int iteration,
        CancellationToken cancellationToken)
    {
        ExpectationPlan<T> plan = new(model, map, MixtureMiddle.Of(model), execution);
        StatisticsOrigins origins = StatisticsOrigins.Means(model);
        SufficientStatistics statistics = Expect(plan, origins, pool, rows, summary, cancellationToken);
        MaximizationResult result = Maximize(statistics, origins);
        if (result.Cancelled.AsSpan().Contains(true))
        {
            // Variances that are small differences of large moments: the same posteriors once more, summed about the new means.
            origins = StatisticsOrigins.Given(result.Means, model.Dimension, result.Cancelled);
            SufficientStatistics refined = Expect(plan, origins, pool, rows, summary, cancellationToken);
            result = Maximize(refined, origins);
            pool.Return(refined);
        }

        return (statistics, result);

        MaximizationResult Maximize(SufficientStatistics sums, StatisticsOrigins about)
        {
            // The log-likelihood may be minus infinity, but NaN comes of a NaN among the rows only.
            SameRows.Check(sums.Rows, summary.Rows, double.IsNaN(sums.LogLikelihood) ? [double.NaN] : []);
            MaximizationResult updated = update.Update(model, sums, plan.Shift, about, iteration);
            SameRows.Check(sums.Rows, summary.Rows, updated.Means);
            return updated;
        }
    }

    private SufficientStatistics Expect(
        ExpectationPlan<T> plan, StatisticsOrigins origins, AccumulatorPool<SufficientStatistics> pool, IVectorSource rows, DataSummary summary, CancellationToken cancellationToken)
    {
        int components = plan.Components;
        FeatureMap map = plan.Map;

        // Where one form serves for rows as far out as any, no chunk needs to look.
        DensityForm[]? forms = new DensityForm[components];
        plan.DecideForms(summary.Reach(plan.Shift), new double[plan.Products is null ? 0 : map.Features], forms);
        if (plan.MayChoose && forms.AsSpan().Contains(DensityForm.CentredInDouble))
        {
            forms = null;
        }

        ChunkGeometry geometry = plan.Geometry;
        return ChunkedPass.Run(
            rows, geometry, execution,
            pool,
            () => new StatisticsWorker<T>(plan, origins, forms, geometry.ChunkRows),
            progress.RowCounter, cancellationToken);
    }
}
