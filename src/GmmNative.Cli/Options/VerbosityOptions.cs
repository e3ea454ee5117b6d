using System.CommandLine;
using GmmNative.Cli.Endings;

namespace GmmNative.Cli.Options;

/// <summary><c>-q | -v | -vv</c>.</summary>
internal sealed class VerbosityOptions
{
    private readonly Option<bool> _quiet = new(
        "-q", "--quiet")
    { Description = "Write only errors to standard error.", Arity = ArgumentArity.Zero };

    private readonly Option<bool> _verbose;

    public VerbosityOptions(string verboseDescription)
    {
        // The option takes no value: otherwise "-v file" would use the file name as its value. -v -v and -vv increase the verbosity.
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
