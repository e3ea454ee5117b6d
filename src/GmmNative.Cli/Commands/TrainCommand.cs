using System.CommandLine;
using GmmNative.Cli.Endings;
using GmmNative.Cli.Input;
using GmmNative.Cli.Options;
using GmmNative.Cli.Output;
using GmmNative.Cli.Training;

namespace GmmNative.Cli.Commands;

/// <summary><c>gmm train</c>: reads the command line; <see cref="TrainingRun"/> does the work.</summary>
internal sealed class TrainCommand : GmmCommand
{
    private readonly Argument<string[]> _inputs = new("INPUT")
    {
        Description = $"{VectorOptions.Formats} Several files form one data set.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<int?> _components = OptionFactory.Number(
        "-k", "K", "Number of components [that of the --init or --ubm model].", 1, int.MaxValue);
    private readonly Option<string?> _output = OptionFactory.File("-o", "MODEL", "Model to write: .npz, .json or .gmm.", "--output");

    private readonly PresetOptions _preset = new();
    private readonly CovarianceOptions _covariances = new();
    private readonly StoppingOptions _stopping = new();
    private readonly StartOptions _start = new();
    private readonly AdaptationOptions _adaptation = new();
    private readonly VariationalOptions _variational = new();
    private readonly Option<string?> _posterior =
        OptionFactory.File("--posterior", "FILE", "Posteriors under the trained model, T x K: .npy, .csv, .tsv, .f64, .f32, .raw.");
    private readonly Option<bool> _criteria = new("--criteria")
    {
        Description = "Compute AIC, BIC and ICL of the trained model.",
        Arity = ArgumentArity.Zero,
    };

    private readonly Option<string?> _report = OptionFactory.File("--report", "FILE", "Training report to write, as JSON.");
    private readonly VectorOptions _vectors = new();
    private readonly RowWeightOptions _weights = new();
    private readonly ComputeOptions _compute = new();
    private readonly VerbosityOptions _verbosity = new("Report each iteration; -vv also reports progress within iterations.");

    public TrainCommand(Interruption interruption)
        : base(
            "train",
            "Train a mixture on vectors.",
            "gmm train speech.npy -k 64 -o speech.npz",
            "gmm train joint.npy -k 32 --covariance diag --block-size 39,39 -o joint.npz",
            "gmm train speaker.npy --ubm speech.npz --alpha 0.5 -o speaker.npz",
            "gmm train speech.npy -k 64 --variational process --concentration 0.1 -o bayes.npz",
            "gmm train speaker.npy --ubm speech.npz --relevance 16 --adapt weights,means -o speaker.npz")
    {
        Add(_inputs);
        _output.Required = true;
        Add(_components);
        Add(_output);
        _preset.AddTo(this);
        _covariances.AddTo(this);
        _stopping.AddTo(this);
        _start.AddTo(this);
        _adaptation.AddTo(this);
        _variational.AddTo(this);
        Add(_posterior);
        Add(_report);
        Add(_criteria);
        _vectors.AddTo(this);
        _weights.AddTo(this);
        _compute.AddTo(this);
        _verbosity.AddTo(this);
        SetAction(parse => new TrainingRun(Read(parse), interruption).Execute());
    }

    private TrainingSettings Read(ParseResult parse)
    {
        string? ubm = _adaptation.Ubm(parse);
        string? initialModel = _start.Model(parse);
        int? components = parse.GetValue(_components);
        GmmOptions options = _covariances.Read(parse, components, _preset.Read(parse));
        options = _adaptation.Read(parse, _start.Read(parse, _stopping.Read(parse, options)), _stopping.HasIterations(parse));
        string model = parse.GetRequiredValue(_output)!;
        options = _variational.Read(parse, options, model);
        string? initialPosterior = _start.Posterior(parse);
        if (components is null && initialModel is null && ubm is null && initialPosterior is null)
        {
            throw new UsageException("-k K is missing");
        }

        string? withoutRandomNumbers = initialModel is not null ? "the --init model"
            : initialPosterior is not null ? "the --init-posterior"
            : ubm is not null && !_start.IsGiven(parse) ? "the --ubm model"
            : null;
        if (options.Start.Restarts > 1 && withoutRandomNumbers is not null)
        {
            throw new UsageException(
                $"--restarts: training starts from {withoutRandomNumbers}, which uses no random numbers; leave out one of the two");
        }

        IReadOnlyList<string> inputs = FilePattern.ExpandAll(parse.GetRequiredValue(_inputs));
        TrainingSettings settings = new()
        {
            Inputs = inputs,
            Vectors = _vectors.Read(parse) with { WeightColumn = _weights.Column(parse) },
            RowWeights = _weights.File(parse, inputs),
            Components = components,
            Covariance = _covariances.Kind(parse),
            BlockSizes = _covariances.BlockSizes(parse),
            InitialModel = ubm is not null && !_start.IsGiven(parse) ? ubm : initialModel,
            InitialPosterior = initialPosterior,
            MeanPrior = _variational.MeanFile(parse),
            CovariancePrior = _variational.CovarianceFile(parse),
            Ubm = ubm,
            Model = new OutputFile("-o", model, OutputKind.Model),
            Posterior = parse.GetValue(_posterior) is { } posterior ? new OutputFile("--posterior", posterior, OutputKind.Numbers) : null,
            Report = parse.GetValue(_report) is { } report ? new OutputFile("--report", report, OutputKind.Document) : null,
            Verbosity = _verbosity.Read(parse),
            Options = options with { ComputeCriteria = parse.GetValue(_criteria) },
        };
        OutputFile?[] outputs = [settings.Model, settings.Posterior, settings.Report];
        OutputFile.CheckAll(outputs.OfType<OutputFile>(), inputs.Concat(
            new[]
            {
                initialModel, ubm, settings.RowWeights, initialPosterior, settings.MeanPrior, settings.CovariancePrior,
            }.OfType<string>()));
        return settings with { Options = settings.Options with { Execution = _compute.Read(parse) } };
    }
}
