using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using GmmNative.Cli.Endings;
using GmmNative.Cli.Input;
using GmmNative.Cli.Options;
using GmmNative.Cli.Output;

namespace GmmNative.Cli.Commands;

/// <summary><c>gmm compare</c>: the Kullback-Leibler divergences between two models.</summary>
internal sealed class CompareCommand : GmmCommand
{
    private const long DefaultRows = 100_000;

    private readonly Argument<string> _first = new("P") { Description = "First model: .npz, .json or .gmm." };
    private readonly Argument<string> _second = new("Q") { Description = "Second model, of the same dimension and columns." };
    private readonly Option<long?> _count = OptionFactory.Number(
        "-n", "N", $"Number of rows to draw from each model [{DefaultRows}].", 2, long.MaxValue);

    private readonly Option<int?> _seed = OptionFactory.Number(
        "--seed", "N", "Seed of the random numbers [0].", int.MinValue, int.MaxValue);

    private readonly Option<bool> _json = new("--json") { Description = "Write JSON.", Arity = ArgumentArity.Zero };
    private readonly Option<int?> _dimension = OptionFactory.Number("--dimension", "D", "Dimension of .gmm models.", 1, int.MaxValue);
    private readonly Option<int?> _components = OptionFactory.Number("-k", "K", "Number of components of .gmm models.", 1, int.MaxValue);
    private readonly ComputeOptions _compute = new();
    private readonly VerbosityOptions _verbosity = new("Also report the backend.");
    private readonly Interruption _interruption;

    public CompareCommand(Interruption interruption)
        : base(
            "compare",
            "Kullback-Leibler divergences between two models in both directions, in nats, estimated from random rows.",
            "gmm compare before.npz after.npz",
            "gmm compare before.npz after.npz -n 1000000 --seed 1 --json")
    {
        _interruption = interruption;
        Add(_first);
        Add(_second);
        Add(_count);
        Add(_seed);
        Add(_json);
        Add(_dimension);
        Add(_components);
        _compute.AddTo(this, readsRows: false);
        _verbosity.AddTo(this);
        SetAction(Run);
    }

    private int Run(ParseResult parse)
    {
        string first = parse.GetRequiredValue(_first);
        string second = parse.GetRequiredValue(_second);
        int seed = parse.GetValue(_seed) ?? 0;
        ConsoleVerbosity verbosity = _verbosity.Read(parse);
        ExecutionOptions execution = _compute.Read(parse);
        GaussianMixture p = Load(first, parse);
        GaussianMixture q = BackgroundModel.Conform(Load(second, parse), second, p, first);
        if (verbosity >= ConsoleVerbosity.Iterations)
        {
            Console.Error.WriteLine($"backend: {execution.Backend}");
        }

        MixtureDivergence divergence = p.Divergence(q, parse.GetValue(_count) ?? DefaultRows, seed, execution, _interruption.Token);
        if (parse.GetValue(_json))
        {
            JsonText.Print(json => Write(json, divergence, seed));
        }
        else
        {
            Console.Out.WriteLine(Line("D(P || Q)", divergence.Forward, divergence.ForwardError));
            Console.Out.WriteLine(Line("D(Q || P)", divergence.Reverse, divergence.ReverseError));
        }

        if (verbosity >= ConsoleVerbosity.Summary)
        {
            Console.Error.WriteLine($"P {first}, Q {second}: {divergence.Rows} rows drawn from each, seed {seed}");
        }

        return ExitCode.Success;
    }

    private static string Line(string name, double value, double error) => string.Create(
        CultureInfo.InvariantCulture, $"{name} {value:F6} nats, standard error {error:F6}");

    private static void Write(Utf8JsonWriter json, MixtureDivergence divergence, int seed)
    {
        json.WriteStartObject();
        json.WriteNumber("rows", divergence.Rows);
        json.WriteNumber("seed", seed);
        json.WriteFinite("forward", divergence.Forward);
        json.WriteFinite("forwardError", divergence.ForwardError);
        json.WriteFinite("reverse", divergence.Reverse);
        json.WriteFinite("reverseError", divergence.ReverseError);
        json.WriteEndObject();
    }

    private GaussianMixture Load(string path, ParseResult parse) =>
        ModelInput.Load(path, parse.GetValue(_dimension), parse.GetValue(_components), _interruption.Token);
}
