using System.Numerics.Tensors;
using GmmNative.Cli.Endings;
using GmmNative.Data;
using GmmNative.Execution;
using GmmNative.Files.Output;
using GmmNative.Inference.Sampling;
using GmmNative.Model;
using GmmNative.Scoring;
using GmmNative.Scoring.Imputation;
using GmmNative.Scoring.Results;

namespace GmmNative.Cli.Output;

/// <summary>
/// Computes results and writes them at the same time, in constant memory. Threads encode the results of their rows as bytes, which are
/// written to the files in the order of the rows.
/// </summary>
internal sealed class ResultWriter : IDisposable
{
    private readonly List<ArrayOutput> _outputs = [];
    private readonly CancellationTokenSource _stop;
    private CompensatedSum _total;
    private long _rows;
    private long _anomalies;
    private long _leftOut;
    private double _leftOutWeight;

    private ResultWriter(CancellationToken cancellationToken) =>
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

    /// <summary>Whether rows have been written to an output that cannot be undone, such as a pipe.</summary>
    private bool IsPartial => _outputs.Exists(output => output.IsPartial);

    /// <summary>
    /// Scores rows and writes the results. Either all files are written or none, except for rows that a pipe has already received.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">The rows. For regression, the leading coordinates of the model are sufficient.</param>
    /// <param name="request">The results to compute in addition to those of the files, and the parameters of all results.</param>
    /// <param name="files">The files.</param>
    /// <param name="options">The backend, threads and batch size.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <param name="regression">
    /// The regression, if it is not that of the last coordinates on the first. The rows then are its given coordinates.
    /// </param>
    /// <returns>The summary, or <see langword="null"/> if the readers of all outputs closed them before the last row.</returns>
    /// <exception cref="GmmException">The rows are invalid, or a file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled. The message reports what has been written.</exception>
    public static ResultSummary? Write(
        GaussianMixture model, IVectorSource rows, ResultRequest request, IReadOnlyList<ResultFile> files, ExecutionOptions options,
        CancellationToken cancellationToken)
    {
        request = WithKindsOf(files, request);
        int converted = request.Regression?.Wanted ?? model.Dimension - rows.Dimension;
        if (request.Regression is null)
        {
            rows = ModelColumns.Arrange(rows, model, leadingSuffice: request.Has(ResultKinds.Regression));
            converted = model.Dimension - rows.Dimension;
        }

        long count = VectorSourceCount.Of(rows, cancellationToken);
        ArrayEncoding[] encodings = [.. files.Select(file => file.Encoding(model, request, model.Dimension - rows.Dimension))];
        ExecutionPlan plan = ExecutionPlan.From(options);
        return Write(
            model, request, count, rows.RowWeights, files, encodings,
            (results, token) => ScoringPass.Stream(model, rows, results, plan, token),
            cancellationToken);
    }

    /// <summary>Draws rows and writes them and their components.</summary>
    /// <param name="sampler">The sampler.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="files">The files.</param>
    /// <param name="options">The threads.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <returns>The summary, or <see langword="null"/> if the readers of all outputs closed them before the last row.</returns>
    /// <exception cref="GmmException">A file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled. The message reports what has been written.</exception>
    public static ResultSummary? Write(
        MixtureSampler sampler, long count, IReadOnlyList<ResultFile> files, ExecutionOptions options, CancellationToken cancellationToken)
    {
        ResultRequest request = WithKindsOf(files, new ResultRequest(ResultKinds.None));
        ArrayEncoding[] encodings = [.. files.Select(file => file.Encoding(sampler.Model, request, 0))];
        ExecutionPlan plan = ExecutionPlan.From(options);
        return Write(
            sampler.Model, request, count, default, files, encodings,
            (results, token) => SamplingPass.Stream(sampler, results, plan, token),
            cancellationToken);
    }

    /// <summary>Writes rows whose missing values are replaced by their expected values.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="files">The files.</param>
    /// <param name="options">The backend, threads and batch size.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <returns>The summary, or <see langword="null"/> if the readers of all outputs closed them before the last row.</returns>
    /// <exception cref="GmmException">The rows are invalid, or a file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled. The message reports what has been written.</exception>
    public static ResultSummary? WriteImputed(
        GaussianMixture model, IVectorSource rows, IReadOnlyList<ResultFile> files, ExecutionOptions options,
        CancellationToken cancellationToken)
    {
        rows = ModelColumns.Arrange(rows, model);
        ResultRequest request = new(ResultKinds.Rows);
        ArrayEncoding[] encodings = [.. files.Select(file => file.Encoding(model, request, 0))];
        ExecutionPlan plan = ExecutionPlan.From(options);
        return Write(
            model, request, VectorSourceCount.Of(rows, cancellationToken), default, files, encodings,
            (results, token) => ImputationPass.Stream(model, rows, results, plan, token),
            cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _outputs.ForEach(output => output.Dispose());
        _stop.Dispose();
    }

    private static ResultRequest WithKindsOf(IReadOnlyList<ResultFile> files, ResultRequest request) =>
        request with { Kinds = files.Aggregate(request.Kinds, (all, file) => all | file.Kind) };

    private static ResultSummary? Write(
        GaussianMixture model, ResultRequest request, long count, ReadOnlyMemory<double> weights, IReadOnlyList<ResultFile> files,
        ArrayEncoding[] encodings, Action<ResultStream<ResultBlock>, CancellationToken> compute, CancellationToken cancellationToken)
    {
        ResultKinds[] kindOfFile = [.. files.Select(file => file.Kind)];
        bool[] seen = new bool[model.ComponentCount];
        using ResultWriter writer = new(cancellationToken);
        ResultStream<ResultBlock> results = new(
            request, count, Math.Max(1, encodings.Sum(encoding => encoding.Columns)),
            () => new ResultBlock(kindOfFile, encodings, seen, weights), writer.Receive);
        try
        {
            for (int i = 0; i < encodings.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                writer._outputs.Add(ArrayOutput.Open(files[i].Target, encodings[i], count));
            }

            compute(results, writer._stop.Token);
            writer._outputs.ForEach(output => output.Complete());
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Nobody reads the rest: computing it would only take time.
            return null;
        }
        catch (OperationCanceledException e) when (writer.IsPartial)
        {
            throw new PartialOutputException(e);
        }

        double weight = (weights.IsEmpty ? writer._rows : TensorPrimitives.Sum(weights.Span)) - writer._leftOutWeight;
        return new ResultSummary(
            writer._rows, weight, writer._total.Value, seen.Count(mark => mark), writer._anomalies, writer._leftOut);
    }

    private void Receive(ResultBlock block)
    {
        for (int i = 0; i < _outputs.Count; i++)
        {
            _outputs[i].Write(block.Parts[i]);
        }

        _rows += block.Rows;
        _anomalies += block.Anomalies;
        _leftOut += block.LeftOut;
        _leftOutWeight += block.LeftOutWeight;
        _total.Add(block.Total);
        block.Clear();
        if (_outputs.Count > 0 && !_outputs.Exists(output => output.HasReader))
        {
            _stop.Cancel();
        }
    }
}
