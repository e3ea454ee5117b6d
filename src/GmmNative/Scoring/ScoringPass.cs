using System.Numerics;
using GmmNative.Execution;
using GmmNative.Expectation;
using GmmNative.Passes;

namespace GmmNative.Scoring;

/// <summary>One pass of the E-step over rows under a fixed model, with the results going to a sink.</summary>
internal static class ScoringPass
{
    /// <summary>Runs the pass.</summary>
    /// <exception cref="VectorDataException">The rows have another dimension than the model, a value is not finite, or the source gave
    /// another number of rows than it told.</exception>
    public static void Score(
        GaussianMixture model, IVectorSource rows, IRowSink sink, long expectedRows, ExecutionPlan execution,
        CancellationToken cancellationToken)
    {
        if (rows.Dimension != model.Dimension)
        {
            throw new VectorDataException($"The vectors have dimension {rows.Dimension}, but the model has {model.Dimension}.");
        }

        long seen = execution.Precision == Precision.Double
            ? Run<double>(model, rows, sink, expectedRows, execution, cancellationToken)
            : Run<float>(model, rows, sink, expectedRows, execution, cancellationToken);
        if (seen != expectedRows)
        {
            throw new VectorDataException(
                $"The source gave {seen} rows where {expectedRows} were expected: it must give the same rows every time.");
        }
    }

    private static long Run<T>(
        GaussianMixture model, IVectorSource rows, IRowSink sink, long expectedRows, ExecutionPlan execution,
        CancellationToken cancellationToken)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        LiftedLayout layout = new(model.Structure);
        PreparedMixture<T> prepared = new(model, layout, ExpansionPoint.Of(model), execution);
        ChunkGeometry geometry = prepared.Geometry;
        return ChunkedPass.Run(
            rows, geometry, execution, () => new RowCount(),
            () => new ScoringWorker<T>(prepared, rows, sink, expectedRows, geometry.ChunkRows), null, cancellationToken).Rows;
    }
}
