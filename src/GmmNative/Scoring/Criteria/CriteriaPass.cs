using System.Numerics;
using GmmNative.Execution;
using GmmNative.Passes;
using GmmNative.Scoring.Results;

namespace GmmNative.Scoring.Criteria;

/// <summary>The pass over rows that criteria are computed from.</summary>
internal static class CriteriaPass
{
    /// <summary>Sums what criteria are computed from.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="weights">The weights of the rows; empty if all weights are 1.</param>
    /// <param name="execution">The backend, threads and batch size.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <exception cref="VectorDataException">The rows and the model differ in dimension, or a value is not finite.</exception>
    public static CriteriaSums Run(
        GaussianMixture model, IVectorSource rows, ReadOnlyMemory<double> weights, ExecutionPlan execution,
        CancellationToken cancellationToken)
    {
        return execution.Precision == Precision.Double ? Sum<double>() : Sum<float>();

        CriteriaSums Sum<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            ScoringModel<T> prepared = ScoringPass.Prepare<T>(model, rows, execution);
            ChunkGeometry geometry = prepared.Mixture.Geometry;
            int components = model.ComponentCount;
            ResultRequest request = new(ResultKinds.LogDensity | ResultKinds.Posteriors);
            return ChunkedPass.Run(
                rows, geometry, execution, new AccumulatorPool<CriteriaSums>(() => new CriteriaSums()),
                () => new CriteriaWorker(
                    new ScoringWorker<T, ChunkResults>(prepared, rows, long.MaxValue, geometry.ChunkRows),
                    new ChunkResults(request, components, geometry.ChunkRows), components),
                null, cancellationToken, weights);
        }
    }
}
