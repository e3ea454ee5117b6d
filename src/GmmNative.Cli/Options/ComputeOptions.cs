using System.CommandLine;
using GmmNative.Cli.Endings;
using GmmNative.Interop;

namespace GmmNative.Cli.Options;

/// <summary>On what to compute: <c>--backend --threads --precision --batch-size</c>.</summary>
internal sealed class ComputeOptions
{
    private readonly Option<BackendKind?> _backend = OptionFactory.Choice(
        "--backend",
        "Arithmetic to use [GMMNATIVE_BACKEND, else auto].",
        ("auto", BackendKind.Auto),
        ("mkl", BackendKind.Mkl),
        ("openblas", BackendKind.OpenBlas),
        ("managed", BackendKind.Managed));

    private readonly Option<int?> _threads = OptionFactory.Number(
        "--threads", "N", "Threads; their number changes no result [one per processor].", 1, int.MaxValue);

    private readonly Option<Precision?> _precision = OptionFactory.Choice(
        "--precision", "Precision of the products [double].", ("double", Precision.Double), ("single", Precision.Single));

    private readonly Option<int?> _batchSize = OptionFactory.Number(
        "--batch-size", "N", "Most rows to read at a time; changes no result [as many as suit].", 1, int.MaxValue);

    public void AddTo(Command command)
    {
        command.Add(_threads);
        command.Add(_backend);
        command.Add(_precision);
        command.Add(_batchSize);
    }

    /// <summary>Finds the backend and puts the options together.</summary>
    /// <exception cref="BackendLoadException">A backend asked for by name is not available.</exception>
    /// <exception cref="UsageException">The environment names no backend.</exception>
    public ExecutionOptions Read(ParseResult parse) => new()
    {
        Backend = SelectBackend(parse),
        Threads = parse.GetValue(_threads) ?? 0,
        Precision = parse.GetValue(_precision) ?? Precision.Double,
        BatchSize = parse.GetValue(_batchSize),
    };

    private DenseBackend SelectBackend(ParseResult parse)
    {
        BackendSelection selection = UsageException.Guard(() => Backends.Select(parse.GetValue(_backend) ?? BackendKind.Auto));
        if (selection.IsFallback && !parse.Tokens.Any(token => token.Value is "-q" or "--quiet"))
        {
            Console.Error.WriteLine($"warning: {selection.Reason}");
        }

        return selection.Backend;
    }
}
