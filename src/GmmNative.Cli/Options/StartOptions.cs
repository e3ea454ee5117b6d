using System.CommandLine;
using GmmNative.Cli.Endings;

namespace GmmNative.Cli.Options;

/// <summary>What a training starts from: <c>--init --init-posterior --seed --restarts</c>.</summary>
/// <param name="acceptsFiles">Whether the start may be a model or posteriors from a file.</param>
internal sealed class StartOptions(bool acceptsFiles = true)
{
    /// <summary>The start from given posteriors, which is not a method of the library: it needs a file.</summary>
    private const string Responsibilities = "responsibilities";

    private static readonly (string Name, InitializationMethod Method)[] Methods =
    [
        ("auto", InitializationMethod.Auto),
        ("kmeans++", InitializationMethod.KMeansPlusPlus),
        ("kmeans", InitializationMethod.KMeans),
        ("lbg", InitializationMethod.LindeBuzoGray),
        ("random", InitializationMethod.Random),
    ];

    private static readonly string[] Names = [.. Methods.Select(m => m.Name), Responsibilities];

    private readonly Option<string?> _init = OptionFactory.File(
        "--init",
        acceptsFiles ? $"{string.Join('|', Names)}|MODEL" : string.Join('|', Methods.Select(m => m.Name)),
        acceptsFiles
            ? "How to make the starting model, or its file; a file with fewer than K components is split [auto, or the --ubm model]."
            : "How to make the starting models [auto].");

    private readonly Option<string?> _posterior = OptionFactory.File(
        "--init-posterior", "FILE", "Posteriors for --init responsibilities, T x K; the start is one M-step.");

    private readonly Option<int?> _seed = OptionFactory.Number("--seed", "N", "Seed of the start [0].", int.MinValue, int.MaxValue);

    private readonly Option<int?> _restarts = OptionFactory.Number(
        "--restarts", "N", "Number of starts, with the seeds --seed and the N - 1 after it; the best one is trained to the end [1].", 1,
        int.MaxValue);

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_init);
        if (acceptsFiles)
        {
            command.Add(_posterior);
        }

        command.Add(_seed);
        command.Add(_restarts);
    }

    /// <summary>Whether a start is given.</summary>
    public bool IsGiven(ParseResult parse) => parse.GetValue(_init) is not null;

    /// <summary>The file of the starting model, or <see langword="null"/> if training must make one.</summary>
    public string? Model(ParseResult parse) => parse.GetValue(_init) is { } text && !Names.Contains(text) ? text : null;

    /// <summary>The file of the posteriors of the start, or <see langword="null"/>.</summary>
    public string? Posterior(ParseResult parse) => parse.GetValue(_posterior);

    /// <summary>Applies the options that are given.</summary>
    /// <exception cref="UsageException">
    /// <c>--init</c> names neither a start nor a model file, or only one of <c>--init responsibilities</c> and <c>--init-posterior</c> is
    /// given.
    /// </exception>
    public GmmOptions Read(ParseResult parse, GmmOptions options)
    {
        string? text = parse.GetValue(_init);
        if (!acceptsFiles && text is not null && !Methods.Any(m => m.Name == text))
        {
            throw new UsageException($"--init: '{text}' is not one of {string.Join(", ", Methods.Select(m => m.Name))}");
        }

        if (text is not null && !Names.Contains(text) && !ModelFile.HasKnownExtension(text))
        {
            throw new UsageException(
                $"--init: '{text}' is neither a start ({string.Join(", ", Names)}) nor a model file ({ModelFile.KnownExtensions})");
        }

        if (text == Responsibilities && Posterior(parse) is null)
        {
            throw new UsageException("--init responsibilities: requires the posteriors; add --init-posterior FILE");
        }

        if (text != Responsibilities && Posterior(parse) is not null)
        {
            throw new UsageException("--init-posterior: requires --init responsibilities");
        }

        int index = Array.FindIndex(Methods, m => m.Name == text);

        // Setting the method, even to the same value, marks it as given: it is then used although there is a background model.
        GmmStartOptions start = index < 0 ? options.Start : options.Start with { Method = Methods[index].Method };
        return options with
        {
            Start = start with
            {
                Seed = parse.GetValue(_seed) ?? options.Start.Seed,
                Restarts = parse.GetValue(_restarts) ?? options.Start.Restarts,
            },
        };
    }
}
