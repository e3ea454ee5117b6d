using System.CommandLine;
using GmmNative.Cli.Endings;
using GmmNative.Cli.Input;
using GmmNative.Cli.Options;
using GmmNative.Cli.Output;
using GmmNative.Files.Output;
using GmmNative.Scoring.Results;

namespace GmmNative.Cli.Commands;

/// <summary><c>gmm sample</c>: random rows from a model.</summary>
internal sealed class SampleCommand : GmmCommand
{
    private readonly Argument<string> _model = new("MODEL") { Description = "Model: .npz, .json or .gmm." };
    private readonly Option<long?> _count = OptionFactory.Number("-n", "N", "Number of rows.", 0, long.MaxValue);
    private readonly Option<int?> _seed = OptionFactory.Number(
        "--seed", "N", "Seed of the random numbers [0].", int.MinValue, int.MaxValue);

    private readonly Option<string?> _output = OptionFactory.File(
        "-o", "FILE", "Rows: .npy, .csv, .tsv, .f64, .f32, .raw; - is raw on standard output.", "--output");

    private readonly Option<string?> _labels = OptionFactory.File("--labels", "FILE", "Component that each row was drawn from.");
    private readonly Option<int?> _dimension = OptionFactory.Number("--dimension", "D", "Dimension of a .gmm model.", 1, int.MaxValue);
    private readonly Option<int?> _components = OptionFactory.Number("-k", "K", "Number of components of a .gmm model.", 1, int.MaxValue);
    private readonly ComputeOptions _compute = new();
    private readonly VerbosityOptions _verbosity = new("Also report the backend.");
    private readonly Interruption _interruption;

    public SampleCommand(Interruption interruption)
        : base(
            "sample",
            "Random rows from a model.",
            "gmm sample model.npz -n 1000000 -o rows.npy",
            "gmm sample model.npz -n 1000 --seed 7 -o rows.csv --labels labels.csv")
    {
        _interruption = interruption;
        _count.Required = true;
        _output.Required = true;
        Add(_model);
        Add(_count);
        Add(_seed);
        Add(_output);
        Add(_labels);
        Add(_dimension);
        Add(_components);
        _compute.AddTo(this, readsRows: false);
        _verbosity.AddTo(this);
        SetAction(Run);
    }

    private int Run(ParseResult parse)
    {
        string path = parse.GetRequiredValue(_model);
        int seed = parse.GetValue(_seed) ?? 0;
        ConsoleVerbosity verbosity = _verbosity.Read(parse);
        OutputFile.CheckAll(
            OutputFile.Of(
                ("-o", parse.GetValue(_output), OutputKind.Numbers), ("--labels", parse.GetValue(_labels), OutputKind.Labels)),
            [path]);
        ExecutionOptions execution = _compute.Read(parse);
        GaussianMixture model = ModelInput.Load(
            path, parse.GetValue(_dimension), parse.GetValue(_components), _interruption.Token);
        if (verbosity >= ConsoleVerbosity.Iterations)
        {
            Console.Error.WriteLine($"backend: {execution.Backend}");
        }

        ResultFile[] files = ResultFile.Of((ResultKinds.Rows, parse.GetValue(_output)), (ResultKinds.Label, parse.GetValue(_labels)));
        if (files.Any(file => AtomicFile.IsStream(file.Target)))
        {
            _interruption.Ending = new DroppedOutputs(ErrorReport.NotComplete);
        }

        MixtureSampler sampler = model.CreateSampler(seed, execution);
        if (ResultWriter.Write(sampler, parse.GetValue(_count) ?? 0, files, execution, _interruption.Token) is { } summary
            && verbosity >= ConsoleVerbosity.Summary)
        {
            Console.Error.WriteLine(
                $"{summary.Rows} rows of dimension {model.Dimension} from {model.ComponentCount} components, seed {seed}");
        }

        return ExitCode.Success;
    }
}
