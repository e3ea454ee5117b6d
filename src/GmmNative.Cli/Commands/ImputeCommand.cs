using System.CommandLine;
using GmmNative.Cli.Endings;
using GmmNative.Cli.Options;
using GmmNative.Cli.Output;
using GmmNative.Scoring.Results;

namespace GmmNative.Cli.Commands;

/// <summary><c>gmm impute</c>: the rows, with missing values replaced by their expected values.</summary>
internal sealed class ImputeCommand : ModelCommand
{
    private readonly Option<string?> _output = OptionFactory.File(
        "-o", "FILE", "Completed rows: .npy, .csv, .tsv, .f64, .f32, .raw; - is raw on standard output.", "--output");

    public ImputeCommand(Interruption interruption)
        : base(
            interruption,
            MissingValues.Marginalize,
            "impute",
            "Replace missing values (NaN; in text also empty fields, NA, null) by their expected values under the model.",
            "gmm impute model.npz incomplete.csv -o complete.csv",
            "gmm impute model.npz incomplete.npy -o complete.npy")
    {
        _output.Required = true;
        Add(_output);
        AddSharedOptions();
    }

    protected override IEnumerable<OutputFile> Outputs(ParseResult parse) =>
        OutputFile.Of(("-o", parse.GetValue(_output), OutputKind.Numbers));

    protected override IReadOnlyList<ResultFile> Results(ParseResult parse) =>
        [new ResultFile(ResultKinds.Rows, parse.GetValue(_output))];

    protected override string? Work(ModelTask task, ParseResult parse, CancellationToken cancellationToken)
    {
        IReadOnlyList<ResultFile> files = Results(parse);
        PrepareEnding(files);
        return ResultWriter.WriteImputed(task.Model, task.Rows, files, task.Execution, cancellationToken) is { } summary
            ? Describe(task, new ResultRequest(ResultKinds.Rows), summary) : null;
    }

    protected override string Describe(ModelTask task, ResultRequest request, in ResultSummary summary) =>
        $"{summary.Rows} rows of dimension {task.Model.Dimension}";
}
