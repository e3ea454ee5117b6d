using System.CommandLine;
using GmmNative.Cli.Endings;
using GmmNative.Cli.Options;
using GmmNative.Cli.Output;
using GmmNative.Scoring.Results;

namespace GmmNative.Cli.Commands;

/// <summary><c>gmm posterior</c>: the posterior probability of each component for each row.</summary>
internal sealed class PosteriorCommand : ModelCommand
{
    private readonly Option<string?> _output = OptionFactory.File(
        "-o", "FILE", "Posteriors, T x K: .npy, .csv, .tsv, .f64, .f32, .raw; - is raw on standard output.", "--output");

    private readonly Option<int?> _top = OptionFactory.Number(
        "--top", "C", "Only the C largest posteriors of each row, T x 2C: C components from 0, then C posteriors.", 1, int.MaxValue);

    public PosteriorCommand(Interruption interruption)
        : base(
            interruption,
            "posterior",
            "Posterior probability of each component for each row.",
            "gmm posterior model.npz vectors.npy -o posteriors.npy",
            "gmm posterior model.npz vectors.npy --top 5 -o largest.npy")
    {
        _output.Required = true;
        Add(_output);
        Add(_top);
        AddSharedOptions();
    }

    protected override IEnumerable<OutputFile> Outputs(ParseResult parse) =>
        OutputFile.Of(("-o", parse.GetValue(_output), OutputKind.Numbers));

    protected override IReadOnlyList<ResultFile> Results(ParseResult parse) =>
        [new ResultFile(parse.GetValue(_top) is null ? ResultKinds.Posteriors : ResultKinds.LargestPosteriors, parse.GetValue(_output))];

    protected override ResultRequest Request(ModelTask task, ParseResult parse)
    {
        int largest = parse.GetValue(_top) ?? 0;
        int components = task.Model.ComponentCount;
        return largest <= components
            ? new ResultRequest(ResultKinds.None) { Largest = largest }
            : throw new UsageException($"--top {largest}: the model {task.ModelPath} has only {components} components");
    }

    protected override string Describe(ModelTask task, ResultRequest request, in ResultSummary summary) =>
        $"{summary.Rows} rows, {(request.Largest > 0 ? $"the {request.Largest} largest of " : "")}{task.Model.ComponentCount} components"
        + LeftOut(summary);
}
