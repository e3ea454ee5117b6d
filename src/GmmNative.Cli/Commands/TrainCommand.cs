using System.CommandLine;
using GmmNative.Cli.Options;
using GmmNative.Cli.Output;
using GmmNative.Cli.Training;

namespace GmmNative.Cli.Commands;

/// <summary><c>gmm train</c>: reads the command line; <see cref="TrainingRun"/> does the work.</summary>
internal sealed class TrainCommand : GmmCommand
{
    private readonly Argument<string[]> _inputs = new("INPUT")
    {
        Description = "Vectors: .npy, .csv, .tsv, else raw little-endian numbers; - is raw numbers from standard input. Several are one data set.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<int?> _components = OptionFactory.Number("-k", "K", "Components [as the --init or --ubm model has].", 1, int.MaxValue);
    private readonly Option<string?> _output = OptionFactory.File("-o", "MODEL", "Model to write: .npz, .json or .gmm.", "--output");

    private readonly Option<CovarianceKind?> _covariance = OptionFactory.Choice(
        "--covariance",
        "Covariances [diag, or as the --init or --ubm model has].",
        ("diag", CovarianceKind.Diagonal),
        ("full", CovarianceKind.Full));

    private readonly Option<int[]?> _blockSizes = OptionFactory.PositiveNumbers("--block-size", "N,N...", "Blocks of the covariances; they sum to D [one block].");
    private readonly Option<int?> _iterations = OptionFactory.Number("--iterations", "N", "Most EM iterations [100].", 1, int.MaxValue);

    private readonly Option<double?> _tolerance = OptionFactory.Number(
        "--tolerance", "EPS", "Stop when the log-likelihood rises by less, in nats [1e-5].", 0, double.MaxValue);

    private readonly Option<ToleranceTarget?> _toleranceOn = OptionFactory.Choice(
        "--tolerance-on", "The log-likelihood that --tolerance speaks of [total].", ("total", ToleranceTarget.Total), ("average", ToleranceTarget.Average));

    private readonly Option<double?> _weightFloor = OptionFactory.Number("--weight-floor", "W", "Least weight, at most 1/K [1e-5].", 0.0, 1.0);
    private readonly Option<double?> _varianceFloor = OptionFactory.Number("--variance-floor", "V", "Least variance [1e-6].", 0, double.MaxValue);
    private readonly Option<string?> _init = OptionFactory.File("--init", "lbg|kmeans++|random|MODEL", "Starting model [lbg, or the --ubm model].");
    private readonly Option<int?> _seed = OptionFactory.Number("--seed", "N", "Seed of the initialisation [0].", int.MinValue, int.MaxValue);
    private readonly Option<string?> _ubm = OptionFactory.File("--ubm", "MODEL", "Universal background model, for MAP adaptation.");
    private readonly Option<double?> _alpha = OptionFactory.Number("--alpha", "A", "Weight of the --ubm model, from 0 to 1 [0].", 0.0, 1.0);
    private readonly Option<string?> _posterior = OptionFactory.File("--posterior", "FILE", "Posteriors under the trained model, T x K: .npy, .csv, else raw.");
    private readonly Option<string?> _report = OptionFactory.File("--report", "FILE", "Report of the training, JSON.");
    private readonly VectorOptions _vectors = new();
    private readonly ComputeOptions _compute = new();
    private readonly LoudnessOptions _loudness = new("Tell each iteration; -vv: tell from within iterations too.");

    public TrainCommand()
        : base(
            "train",
            "Train a mixture on vectors.",
            "gmm train speech.npy -k 64 -o speech.npz",
            "gmm train joint.npy -k 32 --covariance diag --block-size 39,39 -o joint.npz",
            "gmm train speaker.npy --ubm speech.npz --alpha 0.5 -o speaker.npz")
    {
        Add(_inputs);
        _output.Required = true;
        Option[] options =
        [
            _components, _output, _covariance, _blockSizes, _iterations, _tolerance, _toleranceOn, _weightFloor, _varianceFloor,
            _init, _seed, _ubm, _alpha, _posterior, _report,
        ];
        foreach (Option option in options)
        {
            Add(option);
        }

        _vectors.AddTo(this);
        _compute.AddTo(this);
        _loudness.AddTo(this);
        SetAction(parse => new TrainingRun(Read(parse)).Execute());
    }

    private TrainingSettings Read(ParseResult parse)
    {
        string? ubm = parse.GetValue(_ubm);
        double alpha = parse.GetValue(_alpha) ?? 0;
        if (alpha != 0 && ubm is null)
        {
            throw new UsageException("--alpha: needs the model that it weighs: give --ubm MODEL");
        }

        (InitializationMethod method, string? initialModel) = parse.GetValue(_init) switch
        {
            null or "lbg" => (InitializationMethod.LindeBuzoGray, null),
            "kmeans++" => (InitializationMethod.KMeansPlusPlus, null),
            "random" => (InitializationMethod.Random, null),
            { } path => (InitializationMethod.LindeBuzoGray, path),
        };
        bool startsFromUbm = ubm is not null && parse.GetValue(_init) is null;
        int? components = parse.GetValue(_components);
        if (components is null && initialModel is null && ubm is null)
        {
            throw new UsageException("-k K is missing");
        }

        double? weightFloor = parse.GetValue(_weightFloor);
        if (weightFloor > 1.0 / components)
        {
            throw new UsageException(FormattableString.Invariant(
                $"--weight-floor: {weightFloor} is above 1/K = {1.0 / components}, the weights could not sum to one"));
        }

        GmmOptions defaults = new();
        TrainingSettings settings = new()
        {
            Inputs = parse.GetRequiredValue(_inputs),
            Vectors = _vectors.Read(parse),
            Components = components,
            Covariance = parse.GetValue(_covariance),
            BlockSizes = parse.GetValue(_blockSizes),
            Initialization = method,
            InitialModel = startsFromUbm ? ubm : initialModel,
            Ubm = ubm,
            Model = new OutputFile("-o", parse.GetRequiredValue(_output)!, IsModel: true),
            Posterior = parse.GetValue(_posterior) is { } posterior ? new OutputFile("--posterior", posterior) : null,
            Report = parse.GetValue(_report) is { } report ? new OutputFile("--report", report) : null,
            Loudness = _loudness.Read(parse),
            Options = new GmmOptions
            {
                Iterations = parse.GetValue(_iterations) ?? defaults.Iterations,
                Tolerance = parse.GetValue(_tolerance) ?? defaults.Tolerance,
                ToleranceOn = parse.GetValue(_toleranceOn) ?? defaults.ToleranceOn,
                WeightFloor = weightFloor,
                VarianceFloor = parse.GetValue(_varianceFloor) ?? defaults.VarianceFloor,
                Seed = parse.GetValue(_seed) ?? defaults.Seed,
                Alpha = alpha,
            },
        };
        OutputFile?[] outputs = [settings.Model, settings.Posterior, settings.Report];
        OutputFile.CheckAll(outputs.OfType<OutputFile>(), settings.Inputs.Concat([initialModel ?? "-", ubm ?? "-"]));
        return settings with { Options = settings.Options with { Execution = _compute.Read(parse) } };
    }
}
