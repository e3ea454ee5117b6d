using System.CommandLine;
using GmmNative.Cli.Endings;
using GmmNative.Interop;

namespace GmmNative.Cli.Options;

/// <summary>How to compute: <c>--backend --threads --precision --batch-size</c>.</summary>
internal sealed class ComputeOptions
{
    private readonly Option<BackendKind?> _backend = OptionFactory.Choice(
        "--backend",
        "Backend to compute with [GMMNATIVE_BACKEND, else auto].",
        ("auto", BackendKind.Auto),
        ("mkl", BackendKind.Mkl),
        ("openblas", BackendKind.OpenBlas),
        ("managed", BackendKind.Managed));

    private readonly Option<int?> _threads = OptionFactory.Number(
        "--threads", "N", "Number of threads; does not change results [one per processor].", 1, int.MaxValue);

    private readonly Option<Precision?> _precision = OptionFactory.Choice(
        "--precision", "Precision of the products [double].", ("double", Precision.Double), ("single", Precision.Single));

    private readonly Option<int?> _batchSize = OptionFactory.Number(
        "--batch-size", "N", "Maximum number of rows read at a time; does not change results [chosen by size].", 1, int.MaxValue);

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="readsRows">Whether the command reads rows, so that there is a batch size.</param>
    public void AddTo(Command command, bool readsRows = true)
    {
        command.Add(_threads);
        command.Add(_backend);
        command.Add(_precision);
        if (readsRows)
        {
            command.Add(_batchSize);
        }
    }

    /// <summary>Selects the backend and combines the options.</summary>
    /// <exception cref="BackendLoadException">A backend requested by name is not available.</exception>
    /// <exception cref="UsageException">The environment variable does not name a backend.</exception>
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
