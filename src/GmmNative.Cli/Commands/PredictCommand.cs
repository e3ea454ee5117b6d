using System.CommandLine;
using GmmNative.Cli.Endings;
using GmmNative.Cli.Options;
using GmmNative.Cli.Output;
using GmmNative.Scoring.Results;

namespace GmmNative.Cli.Commands;

/// <summary><c>gmm predict</c>: the most probable component of each row.</summary>
internal sealed class PredictCommand : ModelCommand
{
    private readonly Option<string?> _output = OptionFactory.File(
        "-o", "FILE", "Labels: .npy, .csv, .tsv, .i32, .raw; - is raw on standard output [lines of text on standard output].", "--output");

    public PredictCommand(Interruption interruption)
        : base(
            interruption,
            "predict",
            "Label of each row: its most probable component, from 0.",
            "gmm predict model.npz vectors.npy -o labels.npy",
            "gmm predict model.npz vectors.csv | sort -n | uniq -c")
    {
        Add(_output);
        AddSharedOptions();
    }

    protected override IEnumerable<OutputFile> Outputs(ParseResult parse) =>
        OutputFile.Of(("-o", parse.GetValue(_output) ?? "-", OutputKind.Labels));

    protected override IReadOnlyList<ResultFile> Results(ParseResult parse) =>
        [new ResultFile(ResultKinds.Label, parse.GetValue(_output))];

    protected override string Describe(ModelTask task, ResultRequest request, in ResultSummary summary) =>
        $"{summary.Rows} rows, {summary.ComponentsSeen} of {task.Model.ComponentCount} components are the most probable of some row"
        + LeftOut(summary);
}
