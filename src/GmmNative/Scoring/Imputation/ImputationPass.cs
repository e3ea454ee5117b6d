using GmmNative.Execution;
using GmmNative.Expectation;
using GmmNative.Expectation.Missing;
using GmmNative.Passes;
using GmmNative.Scoring.Results;

namespace GmmNative.Scoring.Imputation;

/// <summary>Replaces the missing values of rows by their expected values, and passes the rows on in their order.</summary>
internal static class ImputationPass
{
    /// <summary>Runs the pass in constant memory. Missing values are always integrated out, in double precision.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="results">The receiver, and the number of rows. The kind is <see cref="ResultKinds.Rows"/>.</param>
    /// <param name="execution">The backend, threads and batch size.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <exception cref="VectorDataException">The rows and the model differ in dimension, or a value is infinite.</exception>
    public static void Stream<TBlock>(
        GaussianMixture model, IVectorSource rows, ResultStream<TBlock> results, ExecutionPlan execution,
        CancellationToken cancellationToken)
        where TBlock : class, IResultBlock
    {
        rows = rows.WithMissingValues(MissingValues.Marginalize);
        ScoringModel<double> prepared = ScoringPass.Prepare<double>(model, rows, execution);
        ConditionalParameters parameters = prepared.Conditional.Value;
        PreparedMixture<double> mixture = prepared.Mixture;
        ChunkGeometry geometry = mixture.Geometry.ForResults(results.NumbersPerRow);
        OrderedBlocks<TBlock> blocks = new(ChunkedPass.ThreadsFor(rows, geometry, execution), results.Create, results.Receive);
        ScoringPass.Check(results.Rows, ChunkedPass.Run(
            rows, geometry, execution.BatchSize, blocks,
            () => new ImputationWorker<TBlock>(mixture, parameters, rows, geometry.ChunkRows), null, cancellationToken));
    }
}
