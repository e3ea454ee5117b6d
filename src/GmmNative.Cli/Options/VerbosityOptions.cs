using System.CommandLine;
using GmmNative.Cli.Endings;

namespace GmmNative.Cli.Options;

/// <summary><c>-q | -v | -vv</c>.</summary>
internal sealed class VerbosityOptions
{
    private readonly Option<bool> _quiet = new(
        "-q", "--quiet")
    { Description = "Write nothing but errors to standard error.", Arity = ArgumentArity.Zero };

    private readonly Option<bool> _verbose;

    public VerbosityOptions(string verboseDescription)
    {
        // No value: "-v file" would otherwise read the file's name as one. Two of them, or -vv, mean more.
        _verbose = new Option<bool>("-v", "--verbose") { Description = verboseDescription, Arity = ArgumentArity.Zero };
    }

    public void AddTo(Command command)
    {
        command.Add(_quiet);
        command.Add(_verbose);
    }

    public ConsoleVerbosity Read(ParseResult parse)
    {
        int verbose = parse.GetResult(_verbose)?.IdentifierTokenCount ?? 0;
        if (!parse.GetValue(_quiet))
        {
            return (ConsoleVerbosity)Math.Min((int)ConsoleVerbosity.Summary + verbose, (int)ConsoleVerbosity.Progress);
        }

        return verbose == 0 ? ConsoleVerbosity.Silent : throw new UsageException("-q and -v cannot both be given");
    }
}
