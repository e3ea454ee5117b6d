using System.CommandLine;
using GmmNative.Cli.Endings;

namespace GmmNative.Cli.Options;

/// <summary>
/// Adaptation of a universal background model, and frozen parameters: <c>--ubm --alpha --relevance --adapt --freeze</c>.
/// </summary>
internal sealed class AdaptationOptions
{
    private readonly Option<string?> _ubm = OptionFactory.File("--ubm", "MODEL", "Universal background model, for MAP adaptation.");
    private readonly Option<double?> _alpha = OptionFactory.Number("--alpha", "A", "Weight of the --ubm model, from 0 to 1 [0].", 0.0, 1.0);

    private readonly Option<double?> _relevance = OptionFactory.Number(
        "--relevance", "R", "Relevance factor of the --ubm model; one pass unless --iterations is given.", 0.0, double.MaxValue);

    private readonly Option<MixtureParameters[]?> _adapt = OptionFactory.Choices(
        "--adapt",
        "What --relevance adapts [means].",
        ("weights", MixtureParameters.Weights),
        ("means", MixtureParameters.Means),
        ("variances", MixtureParameters.Covariances));

    private readonly Option<MixtureParameters[]?> _freeze = OptionFactory.Choices(
        "--freeze",
        "Parameters that keep the values of the starting model; weights are those of the components.",
        ("weights", MixtureParameters.Weights),
        ("means", MixtureParameters.Means),
        ("covariances", MixtureParameters.Covariances));

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_ubm);
        command.Add(_alpha);
        command.Add(_relevance);
        command.Add(_adapt);
        command.Add(_freeze);
    }

    /// <summary>The file of the background model, or <see langword="null"/>.</summary>
    public string? Ubm(ParseResult parse) => parse.GetValue(_ubm);

    /// <summary>Applies the options that are given.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="options">The values of options that are not given.</param>
    /// <param name="hasIterations">Whether the number of iterations is given.</param>
    /// <exception cref="UsageException">There is no background model, or options contradict each other.</exception>
    public GmmOptions Read(ParseResult parse, GmmOptions options, bool hasIterations)
    {
        double? relevance = parse.GetValue(_relevance);
        MixtureParameters[]? adapted = parse.GetValue(_adapt) is { Length: > 0 } list ? list : null;
        bool hasUbm = Ubm(parse) is not null;
        if (parse.GetValue(_alpha) > 0 && !hasUbm)
        {
            throw new UsageException("--alpha: requires a background model; add --ubm MODEL");
        }

        if (relevance is not null && !hasUbm)
        {
            throw new UsageException("--relevance: requires a background model; add --ubm MODEL");
        }

        if (relevance is not null && parse.GetValue(_alpha) is not null)
        {
            throw new UsageException("--relevance and --alpha are two ways to adapt the --ubm model; use one of them");
        }

        if (adapted is not null && relevance is null)
        {
            throw new UsageException("--adapt: requires a relevance factor; add --relevance R");
        }

        GmmOptions result = options with
        {
            Prior = options.Prior with
            {
                Alpha = parse.GetValue(_alpha) ?? options.Prior.Alpha,
                Relevance = relevance,
                Adapted = adapted is null ? options.Prior.Adapted : Union(adapted),
            },
            Update = options.Update with { Frozen = Union(parse.GetValue(_freeze) ?? []) },
        };
        RequireUpdates(result);
        return relevance is null || hasIterations ? result : result with { Stopping = result.Stopping with { Iterations = null } };
    }

    private static MixtureParameters Union(MixtureParameters[] values) =>
        values.Aggregate(MixtureParameters.None, (union, value) => union | value);

    private static void RequireUpdates(GmmOptions options)
    {
        MixtureParameters free = MixtureParameters.All & ~options.Update.Frozen;
        if (free == MixtureParameters.None)
        {
            throw new UsageException("--freeze: nothing is left to train; 'gmm score' computes the log-likelihood of a model");
        }

        if (options.Prior.Relevance is not null && (free & options.Prior.Adapted) == MixtureParameters.None)
        {
            throw new UsageException("--freeze: freezes everything that --adapt names, so nothing is left to adapt");
        }
    }
}
