using System.CommandLine;
using GmmNative.Cli.Endings;
using GmmNative.Cli.Options;
using GmmNative.Cli.Output;

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

    protected override void Apply(ModelTask task, ParseResult parse)
    {
        task.RequireFullDimension();
        int[] labels = task.Model.Labels(task.Rows, task.Execution, task.CancellationToken);
        if (parse.GetValue(_output) is { } path)
        {
            ArrayFile.Write(path, labels);
        }
        else
        {
            TextLines.Write(labels);
        }

        task.Tell($"{labels.Length} rows, {labels.Distinct().Count()} of {task.Model.ComponentCount} components are the most probable of "
            + "some row");
    }
}
