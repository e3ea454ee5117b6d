using System.Numerics.Tensors;
using GmmNative.Cli.Endings;
using GmmNative.Data;
using GmmNative.Execution;
using GmmNative.Files.Output;
using GmmNative.Model;
using GmmNative.Scoring;
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

    private ResultWriter(CancellationToken cancellationToken) =>
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

    /// <summary>Whether rows have been written to an output that cannot be undone, such as a pipe.</summary>
    private bool IsPartial => _outputs.Exists(output => output.IsPartial);

    /// <summary>
    /// Computes and writes results. Either all files are written or none, except for rows that a pipe has already received.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">The rows. For regression, the leading coordinates of the model are sufficient.</param>
    /// <param name="kinds">The results to compute in addition to those of the files.</param>
    /// <param name="files">The files.</param>
    /// <param name="options">The backend, threads and batch size.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <returns>The summary, or <see langword="null"/> if the readers of all outputs closed them before the last row.</returns>
    /// <exception cref="GmmException">The rows are invalid, or a file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled. The message reports what has been written.</exception>
    public static ResultSummary? Write(
        GaussianMixture model, IVectorSource rows, ResultKinds kinds, IReadOnlyList<ResultFile> files, ExecutionOptions options,
        CancellationToken cancellationToken)
    {
        kinds = files.Aggregate(kinds, (all, file) => all | file.Kind);
        bool isRegression = kinds.HasFlag(ResultKinds.Regression);
        rows = ModelColumns.Arrange(rows, model, leadingSuffice: isRegression);
        long count = VectorSourceCount.Of(rows, cancellationToken);
        int components = model.ComponentCount;
        ResultKinds[] kindOfFile = [.. files.Select(file => file.Kind)];
        ArrayEncoding[] encodings = [.. files.Select(file => file.Encoding(components, model.Dimension - rows.Dimension))];
        bool[] seen = new bool[components];
        using ResultWriter writer = new(cancellationToken);
        ResultStream<ResultBlock> results = new(
            kinds, count, encodings.Sum(encoding => encoding.Columns),
            () => new ResultBlock(kindOfFile, encodings, seen, rows.RowWeights), writer.Receive);
        try
        {
            for (int i = 0; i < encodings.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                writer._outputs.Add(ArrayOutput.Open(files[i].Target, encodings[i], count));
            }

            ScoringPass.Stream(model, rows, results, ExecutionPlan.From(options), writer._stop.Token);
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

        double weight = rows.RowWeights.IsEmpty ? writer._rows : TensorPrimitives.Sum(rows.RowWeights.Span);
        return new ResultSummary(writer._rows, weight, writer._total.Value, seen.Count(mark => mark));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _outputs.ForEach(output => output.Dispose());
        _stop.Dispose();
    }

    private void Receive(ResultBlock block)
    {
        for (int i = 0; i < _outputs.Count; i++)
        {
            _outputs[i].Write(block.Parts[i]);
        }

        _rows += block.Rows;
        _total.Add(block.Total);
        block.Clear();
        if (_outputs.Count > 0 && !_outputs.Exists(output => output.HasReader))
        {
            _stop.Cancel();
        }
    }
}
