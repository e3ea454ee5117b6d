using System.CommandLine;
using GmmNative.Cli.Endings;

namespace GmmNative.Cli.Options;

/// <summary>Adaptation of a universal background model: <c>--ubm --alpha</c>.</summary>
internal sealed class AdaptationOptions
{
    private readonly Option<string?> _ubm = OptionFactory.File("--ubm", "MODEL", "Universal background model, for MAP adaptation.");
    private readonly Option<double?> _alpha = OptionFactory.Number("--alpha", "A", "Weight of the --ubm model, from 0 to 1 [0].", 0.0, 1.0);

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_ubm);
        command.Add(_alpha);
    }

    /// <summary>The file of the background model, or <see langword="null"/>.</summary>
    public string? Ubm(ParseResult parse) => parse.GetValue(_ubm);

    /// <summary>Applies the options that are given.</summary>
    /// <exception cref="UsageException">There is a weight, but no background model.</exception>
    public GmmOptions Read(ParseResult parse, GmmOptions options)
    {
        double alpha = parse.GetValue(_alpha) ?? options.Prior.Alpha;
        return alpha == 0 || Ubm(parse) is not null
            ? options with { Prior = options.Prior with { Alpha = alpha } }
            : throw new UsageException("--alpha: requires a background model; add --ubm MODEL");
    }
}
