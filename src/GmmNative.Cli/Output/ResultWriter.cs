using GmmNative.Cli.Endings;
using GmmNative.Data;
using GmmNative.Execution;
using GmmNative.Files.Output;
using GmmNative.Model;
using GmmNative.Scoring;
using GmmNative.Scoring.Results;

namespace GmmNative.Cli.Output;

/// <summary>
/// Writes what a model says of rows while it is computed, in constant memory: threads turn the results of their rows into bytes, which go
/// to the files in the order of the rows.
/// </summary>
internal sealed class ResultWriter : IDisposable
{
    private readonly List<ArrayOutput> _outputs = [];
    private CompensatedSum _total;
    private long _rows;

    private ResultWriter()
    {
    }

    /// <summary>Whether rows have gone to where they cannot be taken back from.</summary>
    private bool IsPartial => _outputs.Exists(output => output.IsPartial);

    /// <summary>Computes and writes results: all files or none, but for what has gone into a pipe.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">The rows; the first of the model's coordinates are enough where regression is asked for.</param>
    /// <param name="kinds">What to compute beside what the files hold.</param>
    /// <param name="files">The files.</param>
    /// <param name="options">Backend, threads and batch size.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <exception cref="GmmException">The rows are at fault, or a file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the message says what has been written.</exception>
    public static ResultSummary Write(
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
        using ResultWriter writer = new();
        ResultStream<ResultBlock> results = new(
            kinds, count, encodings.Sum(encoding => encoding.Columns), () => new ResultBlock(kindOfFile, encodings, seen), writer.Receive);
        try
        {
            for (int i = 0; i < encodings.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                writer._outputs.Add(ArrayOutput.Open(files[i].Target, encodings[i], count));
            }

            ScoringPass.Stream(model, rows, results, ExecutionPlan.From(options), cancellationToken);
            writer._outputs.ForEach(output => output.Complete());
        }
        catch (OperationCanceledException e) when (writer.IsPartial)
        {
            throw new PartialOutputException(e);
        }

        return new ResultSummary(writer._rows, writer._total.Value, seen.Count(mark => mark));
    }

    /// <inheritdoc/>
    public void Dispose() => _outputs.ForEach(output => output.Dispose());

    private void Receive(ResultBlock block)
    {
        for (int i = 0; i < _outputs.Count; i++)
        {
            _outputs[i].Write(block.Parts[i]);
        }

        _rows += block.Rows;
        _total.Add(block.Total);
        block.Clear();
    }
}
