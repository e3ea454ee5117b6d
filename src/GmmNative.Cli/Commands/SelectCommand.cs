using System.CommandLine;
using GmmNative.Cli.Endings;
using GmmNative.Cli.Options;
using GmmNative.Cli.Output;
using GmmNative.Cli.Selection;

namespace GmmNative.Cli.Commands;

/// <summary><c>gmm select</c>: reads the command line; <see cref="SelectionTask"/> does the work.</summary>
internal sealed class SelectCommand : GmmCommand
{
    private readonly Argument<string[]> _inputs = new("INPUT")
    {
        Description = $"{VectorOptions.Formats} Several files form one data set.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _output = OptionFactory.File(
        "-o", "MODEL", "Chosen model to write, with its criteria: .npz, .json or .gmm.", "--output");

    private readonly SelectionOptions _selection = new();
    private readonly PresetOptions _preset = new();
    private readonly CovarianceOptions _covariances = new(isList: true);
    private readonly StoppingOptions _stopping = new(iterations: "1000", tolerance: "1e-6");
    private readonly StartOptions _start = new(acceptsFiles: false);
    private readonly Option<string?> _report = OptionFactory.File("--report", "FILE", "Table to write, as JSON.");
    private readonly VectorOptions _vectors = new();
    private readonly RowWeightOptions _weights = new();
    private readonly ComputeOptions _compute = new();
    private readonly VerbosityOptions _verbosity = new("Report each model.");

    public SelectCommand(Interruption interruption)
        : base(
            "select",
            "Choose the number of components and the covariance type: train all combinations and compare them.",
            "gmm select faithful.csv -k 1..9 -o best.npz",
            "gmm select faithful.csv -k 1..9 --covariance EEE,VVV --criterion icl -o best.npz --report table.json",
            "gmm select speech.npy -k 8..64:8 --covariance diag --criterion heldout --heldout test.npy -o best.npz")
    {
        Add(_inputs);
        _output.Required = true;
        _selection.AddGridTo(this);
        Add(_output);
        _selection.AddCriterionTo(this);
        _covariances.AddTo(this);
        _preset.AddTo(this);
        _stopping.AddTo(this);
        _start.AddTo(this);
        Add(_report);
        _vectors.AddTo(this);
        _weights.AddTo(this);
        _compute.AddTo(this);
        _verbosity.AddTo(this);
        SetAction(parse => new SelectionTask(Read(parse), interruption).Execute());
    }

    private SelectionSettings Read(ParseResult parse)
    {
        int[] components = _selection.Components(parse);
        GmmOptions options = _covariances.Read(parse, components.Max(), _preset.Read(parse, ModelSelection.DefaultOptions));
        options = _start.Read(parse, _stopping.Read(parse, options));
        options = options with { Covariance = options.Covariance with { BlockSizes = _covariances.BlockSizes(parse) } };
        string[] inputs = parse.GetRequiredValue(_inputs);
        string? weights = _weights.File(parse, inputs);
        string? heldOut = _selection.HeldOut(parse);
        if (inputs.Append(heldOut).Append(weights).Count(path => path == "-") > 1)
        {
            throw new UsageException("-: standard input can be only one of the inputs; write the others to files");
        }

        OutputFile model = new("-o", parse.GetRequiredValue(_output)!, OutputKind.Model);
        OutputFile? report = parse.GetValue(_report) is { } path ? new OutputFile("--report", path, OutputKind.Document) : null;
        OutputFile.CheckAll(((OutputFile?[])[model, report]).OfType<OutputFile>(), [.. inputs, .. Given(weights), .. Given(heldOut)]);
        ModelSelection selection = UsageException.Guard(
            () => new ModelSelection(components, _covariances.Kinds(parse), options with { Execution = _compute.Read(parse) })
            {
                Criterion = _selection.Criterion(parse),
                Folds = _selection.Folds(parse),
                AcceptsFlooredModels = _covariances.HasVarianceFloor(parse),
            });
        return new SelectionSettings
        {
            Inputs = inputs,
            Vectors = _vectors.Read(parse) with { WeightColumn = _weights.Column(parse) },
            RowWeights = weights,
            HeldOut = heldOut,
            Selection = selection,
            Model = model,
            Report = report,
            Verbosity = _verbosity.Read(parse),
        };
    }

    private static IEnumerable<string> Given(string? path) => path is null ? [] : [path];
}
