using System.CommandLine;
using System.Globalization;
using GmmNative.Cli.Endings;
using GmmNative.Cli.Options;
using GmmNative.Cli.Output;

namespace GmmNative.Cli.Commands;

/// <summary><c>gmm score</c>: the log-density of each row.</summary>
internal sealed class ScoreCommand : ModelCommand
{
    private readonly Option<string?> _output = OptionFactory.File(
        "-o",
        "FILE",
        "Log-densities: .npy, .csv, .tsv, .f64, .f32, .raw; - is raw on standard output [lines of text on standard output].",
        "--output");

    public ScoreCommand(Interruption interruption)
        : base(
            interruption,
            "score",
            "Log-density of each row, in nats; the average and the total go to standard error.",
            "gmm score model.npz vectors.npy -o densities.npy",
            "gmm score model.npz vectors.csv | sort -g | head")
    {
        Add(_output);
        AddSharedOptions();
    }

    protected override IEnumerable<OutputFile> Outputs(ParseResult parse) =>
        OutputFile.Of(("-o", parse.GetValue(_output) ?? "-", OutputKind.Numbers));

    protected override void Apply(ModelTask task, ParseResult parse)
    {
        task.RequireFullDimension();
        double[] densities = task.Model.LogDensities(task.Rows, task.Execution, task.CancellationToken);
        if (parse.GetValue(_output) is { } path)
        {
            ArrayFile.Write(path, densities);
        }
        else
        {
            TextLines.Write(densities);
        }

        double total = densities.Sum();
        task.Tell(string.Create(
            CultureInfo.InvariantCulture,
            $"{densities.Length} rows: average log-density {total / densities.Length:F6} nats, total {total:F4} nats"));
    }
}
