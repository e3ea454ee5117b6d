using System.CommandLine;
using GmmNative.Cli.Endings;

namespace GmmNative.Cli.Options;

/// <summary>What a training starts from: <c>--init --seed --restarts</c>.</summary>
internal sealed class StartOptions
{
    private static readonly (string Name, InitializationMethod Method)[] Methods =
    [
        ("auto", InitializationMethod.Auto),
        ("kmeans++", InitializationMethod.KMeansPlusPlus),
        ("kmeans", InitializationMethod.KMeans),
        ("lbg", InitializationMethod.LindeBuzoGray),
        ("random", InitializationMethod.Random),
    ];

    private readonly Option<string?> _init = OptionFactory.File(
        "--init",
        $"{string.Join('|', Methods.Select(m => m.Name))}|MODEL",
        "How to make the starting model, or its file; a file with fewer than K components is split [auto, or the --ubm model].");

    private readonly Option<int?> _seed = OptionFactory.Number("--seed", "N", "Seed of the start [0].", int.MinValue, int.MaxValue);

    private readonly Option<int?> _restarts = OptionFactory.Number(
        "--restarts", "N", "Number of starts, with the seeds --seed and the N - 1 after it; the best one is trained to the end [1].", 1,
        int.MaxValue);

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_init);
        command.Add(_seed);
        command.Add(_restarts);
    }

    /// <summary>Whether a start is given.</summary>
    public bool IsGiven(ParseResult parse) => parse.GetValue(_init) is not null;

    /// <summary>The file of the starting model, or <see langword="null"/> if training must make one.</summary>
    public string? Model(ParseResult parse) =>
        parse.GetValue(_init) is { } text && !Array.Exists(Methods, m => m.Name == text) ? text : null;

    /// <summary>Applies the options that are given.</summary>
    /// <exception cref="UsageException"><c>--init</c> names neither a start nor a model file.</exception>
    public GmmOptions Read(ParseResult parse, GmmOptions options)
    {
        InitializationMethod? method = options.Start.Method;
        if (parse.GetValue(_init) is { } text)
        {
            int index = Array.FindIndex(Methods, m => m.Name == text);
            if (index < 0 && !ModelFile.HasKnownExtension(text))
            {
                throw new UsageException(
                    $"--init: '{text}' is neither a start ({string.Join(", ", Methods.Select(m => m.Name))}) "
                    + $"nor a model file ({ModelFile.KnownExtensions})");
            }

            method = index < 0 ? options.Start.Method : Methods[index].Method;
        }

        return options with
        {
            Start = options.Start with
            {
                Method = method,
                Seed = parse.GetValue(_seed) ?? options.Start.Seed,
                Restarts = parse.GetValue(_restarts) ?? options.Start.Restarts,
            },
        };
    }
}
