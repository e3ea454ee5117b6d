using System.CommandLine;
using System.Globalization;
using GmmNative.Cli.Endings;
using GmmNative.Cli.Options;
using GmmNative.Cli.Output;
using GmmNative.Scoring.Results;

namespace GmmNative.Cli.Commands;

/// <summary><c>gmm score</c>: the log-density of each row.</summary>
internal sealed class ScoreCommand : ModelCommand
{
    private readonly Option<string?> _output = OptionFactory.File(
        "-o",
        "FILE",
        "Log-densities: .npy, .csv, .tsv, .f64, .f32, .raw; - is raw on standard output [lines of text on standard output].",
        "--output");

    private readonly RowWeightOptions _weights = new();

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

    /// <inheritdoc/>
    protected override RowWeightOptions Weights => _weights;

    protected override IEnumerable<OutputFile> Outputs(ParseResult parse) =>
        OutputFile.Of(("-o", parse.GetValue(_output) ?? "-", OutputKind.Numbers));

    protected override IReadOnlyList<ResultFile> Results(ParseResult parse) =>
        [new ResultFile(ResultKinds.LogDensity, parse.GetValue(_output))];

    protected override string Describe(ModelTask task, in ResultSummary summary)
    {
        string weight = summary.TotalWeight == summary.Rows ? ""
            : FormattableString.Invariant($" of total weight {summary.TotalWeight:G6}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{summary.Rows} rows{weight}: average log-density {summary.AverageLogDensity:F6} nats, ")
            + string.Create(CultureInfo.InvariantCulture, $"total {summary.TotalLogDensity:F4} nats");
    }
}
