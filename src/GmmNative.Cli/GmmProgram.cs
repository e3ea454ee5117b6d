using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using GmmNative.Cli.Commands;
using GmmNative.Cli.Endings;
using GmmNative.Cli.Guide;
using GmmNative.Cli.Options;
using GmmNative.Cli.Plotting;
using GmmNative.Interop.Posix;

namespace GmmNative.Cli;

/// <summary>The program <c>gmm</c>: its commands, and the messages about wrong command lines.</summary>
internal static class GmmProgram
{
    /// <summary>Runs a command line.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="interruption">The signals, for commands that can be stopped.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments, Interruption interruption)
    {
        RootCommand root = Build(interruption);
        ParseResult parse = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        string command = NameOf(parse.CommandResult);
        try
        {
            if (parse.CommandResult.Children.OfType<ArgumentResult>().FirstOrDefault(
                a => a.Tokens.Any(t => t.Value.Length == 0)) is { } empty)
            {
                throw new UsageException($"{empty.Argument.Name}: '' is not a file name");
            }

            // --help and --version work even when the rest of the command line is wrong.
            if (parse.Action is not ParseErrorAction
                && (!parse.CommandResult.Command.TreatUnmatchedTokensAsErrors || FindUnknownOption(parse) is null))
            {
                return parse.Invoke(
                    new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
            }

            return arguments.Length == 0
                ? new CommandHelp().Invoke(parse)
                : throw new UsageException(DescribeError(parse));
        }
        catch (Exception e) when (e is UsageException || DescriptorLimit.Reached() == 0)
        {
            return ErrorReport.Write(e, command);
        }
    }

    private static RootCommand Build(Interruption interruption)
    {
        RootCommand root = new("Train, score and convert Gaussian mixture models.")
        {
            new TrainCommand(interruption),
            new SelectCommand(interruption),
            new ScoreCommand(interruption),
            new PosteriorCommand(interruption),
            new PredictCommand(interruption),
            new TransformCommand(interruption),
            new ImputeCommand(interruption),
            new MarginalCommand(),
            new ConditionCommand(),
            new SampleCommand(interruption),
            new CompareCommand(interruption),
            new InfoCommand(),
            new ConvertCommand(),
            new ExportCommand(),
            new PlotCommand(interruption),
            new BackendsCommand(),
            new HelpCommand(),
            new CompletionCommand(),
        };
        root.Directives.Clear();
        foreach (Option option in root.Options)
        {
            if (option is HelpOption)
            {
                option.Action = new CommandHelp();
            }
            else if (option is VersionOption)
            {
                option.Action = new VersionAction();
            }
        }

        return root;
    }

    private static string DescribeError(ParseResult parse)
    {
        Command command = parse.CommandResult.Command;
        if (FindUnknownOption(parse) is { } unknown)
        {
            string[] names = [.. AllOptions(parse.CommandResult).SelectMany(o => o.Aliases.Append(o.Name))];
            string? here = ForeignOptions.Respelled(unknown, names) ?? ForeignOptions.AnswerTo(unknown);
            return $"{unknown} is not an option of {$"gmm {NameOf(parse.CommandResult)}".TrimEnd()}"
                + (here is null ? Suggestion(unknown, names) : $"; here that is {here}");
        }

        if (command.Subcommands.Count > 0)
        {
            string? word = parse.UnmatchedTokens.Count > 0 ? parse.UnmatchedTokens[0] : null;
            return word is null
                ? "a command is missing"
                : $"{word} is not a command of {$"gmm {NameOf(parse.CommandResult)}".TrimEnd()}"
                    + $"{Suggestion(word, command.Subcommands.Select(c => c.Name))}";
        }

        if (parse.UnmatchedTokens.Count > 0)
        {
            return $"'{parse.UnmatchedTokens[0]}' is one argument too many";
        }

        foreach (Argument argument in command.Arguments)
        {
            if (argument.Arity.MinimumNumberOfValues > 0 && parse.GetResult(argument) is not { Tokens.Count: > 0 })
            {
                return $"{argument.Name} is missing";
            }
        }

        foreach (ParseError error in parse.Errors)
        {
            if (error.SymbolResult is OptionResult { Option: { } option } result)
            {
                int given = result.IdentifierTokenCount;
                if (result.Tokens.Count == 0 && option.Arity.MinimumNumberOfValues > 0)
                {
                    return given == 0 ? $"{option.Name} {option.HelpName} is missing" : $"{option.Name}: its {option.HelpName} is missing";
                }

                if (given > 1 && option.Arity.MaximumNumberOfValues == 1)
                {
                    return $"{option.Name} is given {given} times";
                }
            }
        }

        return parse.Errors[0].Message;
    }

    // The words after gmm: "train", or "plot model"; empty for the program itself.
    private static string NameOf(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{NameOf(parent)} {result.Command.Name}".TrimStart() : "";

    private static IEnumerable<Option> AllOptions(CommandResult command)
    {
        IEnumerable<Option> own = command.Command.Options;
        return command.Parent is CommandResult parent ? own.Concat(parent.Command.Options.Where(o => o.Recursive)) : own;
    }

    // The parser passes unknown words to the arguments, including words that start with a dash.
    private static string? FindUnknownOption(ParseResult parse)
    {
        foreach (SymbolResult child in parse.CommandResult.Children)
        {
            if (child is ArgumentResult { Tokens: { } tokens }
                && tokens.FirstOrDefault(t => OptionFactory.IsLikeAnOption(t.Value)) is { } token)
            {
                return token.Value;
            }
        }

        return parse.UnmatchedTokens.FirstOrDefault(OptionFactory.IsLikeAnOption);
    }

    private static string Suggestion(string word, IEnumerable<string> known)
    {
        string? nearest = Typo.Nearest(word, known);
        return nearest is null ? "" : $" (did you mean {nearest}?)";
    }

    private sealed class VersionAction : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.WriteLine($"gmm {ProgramVersion.Text}");
            return ExitCode.Success;
        }
    }
}
