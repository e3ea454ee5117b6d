using System.Numerics;
using GmmNative.Execution;
using GmmNative.Expectation;
using GmmNative.Expectation.Missing;
using GmmNative.Passes;

namespace GmmNative.Statistics.Missing;

/// <summary>The pass of an E-step over rows with missing values. One instance serves one fit.</summary>
internal sealed class MissingPass
{
    /// <summary>
    /// The number of rows per frequent pattern and group of chunks. Merging the sums of a pattern takes a few percent of the time of so
    /// many rows.
    /// </summary>
    private const int RowsPerPattern = 256;

    /// <summary>The minimum number of groups of chunks, so that threads have enough of them.</summary>
    private const int MinimumGroups = 16;

    /// <summary>The maximum number of sums of all frequent patterns together: 16 MB per thread and group that waits for merging.</summary>
    private const int MaximumSums = 1 << 21;

    /// <summary>The maximum number of values of a group of chunks: 16 MB per thread.</summary>
    private const int MaximumValues = 1 << 21;

    /// <summary>
    /// The minimum number of rows of a frequent pattern per coordinate. The marginal of a pattern takes as long as that of so many rows.
    /// </summary>
    private const int RowsPerCoordinate = 8;

    private readonly TrainingData _data;
    private readonly ExecutionPlan _execution;
    private readonly PatternPlan[] _patterns;
    private readonly AccumulatorPool<SufficientStatistics>[] _pools;

    /// <summary>Chooses the frequent patterns.</summary>
    /// <param name="data">The rows, with missing values.</param>
    /// <param name="structure">The structure of the covariances.</param>
    /// <param name="components">K.</param>
    /// <param name="execution">The backend and the threads.</param>
    public MissingPass(TrainingData data, CovarianceStructure structure, int components, ExecutionPlan execution)
    {
        _data = data;
        _execution = execution;
        int dimension = structure.Dimension;
        double features = dimension + structure.GroupArrays.Sum(group => group.Length * (group.Length + 1.0) / 2);
        double maximum = Math.Min(
            Math.Min(data.Summary.Rows / (MinimumGroups * (double)RowsPerPattern), MaximumValues / ((double)dimension * RowsPerPattern)),
            MaximumSums / (components * features));
        _patterns = [.. data.Missing!.Frequent(Math.Max(RowsPerPattern, RowsPerCoordinate * (long)dimension), (int)maximum)
            .Select(pattern => new PatternPlan(structure, pattern))];
        _pools = [.. _patterns.Select(plan =>
            new AccumulatorPool<SufficientStatistics>(() => new SufficientStatistics(plan.Layout, components)))];
    }

    /// <summary>Runs the pass.</summary>
    /// <param name="prepared">The model.</param>
    /// <param name="forms">The forms of the K components for complete rows if they are the same for every chunk.</param>
    /// <param name="origins">The origins of the moments.</param>
    /// <param name="pool">Provides the sums. The caller may return the result to it.</param>
    /// <param name="progress">Receives the number of rows of each completed chunk, from any thread.</param>
    /// <param name="cancellationToken">Stops the pass.</param>
    public SufficientStatistics Run<T>(
        PreparedMixture<T> prepared, DensityForm[]? forms, MomentOrigins origins, AccumulatorPool<SufficientStatistics> pool,
        Action<int>? progress, CancellationToken cancellationToken)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ConditionalParameters parameters = new(prepared.Factors, _execution);
        PatternModel<T>[] models = [.. _patterns.Select(plan =>
            new PatternModel<T>(plan, prepared.Factors, origins, _data.Summary, _execution))];
        AccumulatorPool<SufficientStatistics> mainPool = pool.BegunBy(sums => sums.Begin(prepared.ExpansionPoint, origins));
        AccumulatorPool<SufficientStatistics>[] patternPools = [.. models.Select((model, p) =>
            _pools[p].BegunBy(sums => sums.Begin(model.Prepared.ExpansionPoint, model.Origins)))];
        List<MissingStatistics> all = [];
        AccumulatorPool<MissingStatistics> groups = new(
            () =>
            {
                MissingStatistics created = new(mainPool.Rent(), [.. patternPools.Select(own => own.Rent())]);
                lock (all)
                {
                    all.Add(created);
                }

                return created;
            });
        MaskedParameters? masked = MaskedStatistics.Serves(prepared.Layout) && _execution.Path != NumericalPath.Centered
            && !Enumerable.Range(0, prepared.Components).Any(origins.IsForced)
            ? new MaskedParameters(prepared.Factors, prepared.ExpansionPoint, _execution) : null;
        int rows = Math.Max(prepared.Geometry.GroupRows, RowsPerPattern * (models.Length + 1));
        MissingStatistics total = ChunkedPass.Run(
            _data.Rows, new ChunkGeometry(rows, 1), _execution, groups,
            () => new MissingStatisticsWorker<T>(prepared, forms, models, parameters, masked), progress, cancellationToken, _data.Weights);
        for (int p = 0; p < models.Length; p++)
        {
            PatternExpansion.Add(models[p], total.Patterns[p], parameters, total.Main, _execution.Threads);
        }

        ReturnAll(all, total, pool);
        return total.Main;
    }

    private void ReturnAll(List<MissingStatistics> all, MissingStatistics total, AccumulatorPool<SufficientStatistics> pool)
    {
        foreach (MissingStatistics sums in all)
        {
            for (int p = 0; p < _pools.Length; p++)
            {
                _pools[p].Return(sums.Patterns[p]);
            }

            if (!ReferenceEquals(sums, total))
            {
                pool.Return(sums.Main);
            }
        }
    }
}
