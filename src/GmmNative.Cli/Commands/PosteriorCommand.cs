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

    public PosteriorCommand(Interruption interruption)
        : base(
            interruption,
            "posterior",
            "Posterior probability of each component for each row.",
            "gmm posterior model.npz vectors.npy -o posteriors.npy")
    {
        _output.Required = true;
        Add(_output);
        AddSharedOptions();
    }

    protected override IEnumerable<OutputFile> Outputs(ParseResult parse) =>
        OutputFile.Of(("-o", parse.GetValue(_output), OutputKind.Numbers));

    protected override IReadOnlyList<ResultFile> Results(ParseResult parse) =>
        [new ResultFile(ResultKinds.Posteriors, parse.GetValue(_output))];

    protected override string Describe(ModelTask task, ParseResult parse, in ResultSummary summary) =>
        $"{summary.Rows} rows, {task.Model.ComponentCount} components";
}
