using System.Numerics;
using GmmNative.Execution;
using GmmNative.Passes;
using GmmNative.Scoring.Regression;
using GmmNative.Scoring.Results;

namespace GmmNative.Scoring;

/// <summary>One pass of the E-step over rows under a fixed model.</summary>
internal static class ScoringPass
{
    /// <summary>Passes the results to a sink that accepts them in any order, such as an array.</summary>
    /// <exception cref="VectorDataException">
    /// The rows and the model differ in dimension, a value is not finite, or the source did not return the number of rows that it
    /// specified.
    /// </exception>
    public static void Score(
        GaussianMixture model, IVectorSource rows, IRowSink sink, long expectedRows, ExecutionPlan execution,
        CancellationToken cancellationToken)
    {
        if (execution.Precision == Precision.Double)
        {
            Run<double>();
        }
        else
        {
            Run<float>();
        }

        void Run<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            ScoringModel<T> prepared = Prepare<T>(model, rows, execution);
            ChunkGeometry geometry = prepared.Mixture.Geometry;
            OrderedBlocks<IRowSink> all = new(ChunkedPass.ThreadsFor(rows, geometry, execution), () => sink, static _ => { });
            Check(expectedRows, ChunkedPass.Run(
                rows, geometry, execution.BatchSize, all,
                () => new ScoringWorker<T, IRowSink>(prepared, rows, expectedRows, geometry.ChunkRows), null, cancellationToken));
        }
    }

    /// <summary>Passes the results on in the order of the rows, in constant memory. Rows are read once.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">The rows. For regression, the leading coordinates of the model; otherwise all coordinates.</param>
    /// <param name="results">The kinds of results, and their receiver.</param>
    /// <param name="execution">The backend, threads and batch size.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <exception cref="VectorDataException">
    /// The rows and the model differ in dimension, a value is not finite, or the source did not return the number of rows that it
    /// specified.
    /// </exception>
    /// <exception cref="Exception">The exception of the receiver.</exception>
    public static void Stream<TBlock>(
        GaussianMixture model, IVectorSource rows, ResultStream<TBlock> results, ExecutionPlan execution,
        CancellationToken cancellationToken)
        where TBlock : class, IResultBlock
    {
        IRowRegression? regression = results.Request.Regression;
        if (regression is null && results.Request.Has(ResultKinds.Regression) && MixtureRegression.WantedOf(model, rows) > 0)
        {
            regression = new BestRegression(
                MixtureRegression.OfLeading(model, rows.Dimension, execution.Backend), withCovariances: false);
        }

        // Without coordinates to predict, rows are still scored under the point estimates.
        model = regression?.Marginal ?? (results.Request.Has(ResultKinds.Regression) ? model.WithVariational(null) : model);
        ResultRequest needed = results.Request with { Kinds = results.Request.Kinds | (regression?.Needs ?? ResultKinds.None) };
        MixtureScorer? background = results.Request.Background is { } other
            ? new MixtureScorer(other, execution, rows.MissingValues) : null;
        if (execution.Precision == Precision.Double)
        {
            Run<double>();
        }
        else
        {
            Run<float>();
        }

        void Run<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            ScoringModel<T> prepared = Prepare<T>(model, rows, execution);
            ChunkGeometry geometry = prepared.Mixture.Geometry.ForResults(results.NumbersPerRow);
            int chunkRows = geometry.ChunkRows;
            OrderedBlocks<TBlock> blocks = new(ChunkedPass.ThreadsFor(rows, geometry, execution), results.Create, results.Receive);
            Check(results.Rows, ChunkedPass.Run(
                rows, geometry, execution.BatchSize, blocks,
                () => new ResultWorker<TBlock>(
                    new ScoringWorker<T, ChunkResults>(prepared, rows, results.Rows, chunkRows),
                    new ChunkResults(needed, model.ComponentCount, chunkRows),
                    new DerivedResults(results.Request, background, chunkRows), regression, rows, chunkRows),
                null, cancellationToken));
        }
    }

    /// <summary>Prepares a model for rows.</summary>
    /// <exception cref="VectorDataException">The rows and the model differ in dimension.</exception>
    public static ScoringModel<T> Prepare<T>(GaussianMixture model, IVectorSource rows, ExecutionPlan execution)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        rows.Dimension == model.Dimension
        ? ScoringModel<T>.Of(model, execution)
        : throw new VectorDataException($"The vectors have dimension {rows.Dimension}, but the model has dimension {model.Dimension}.");

    /// <summary>Throws unless the source returned the expected number of rows.</summary>
    /// <exception cref="VectorDataException">The numbers differ.</exception>
    public static void Check(long expectedRows, long seen)
    {
        if (seen != expectedRows)
        {
            throw new VectorDataException(
                $"The source returned {seen} rows, but {expectedRows} are expected: every pass must return the same rows.");
        }
    }
}
