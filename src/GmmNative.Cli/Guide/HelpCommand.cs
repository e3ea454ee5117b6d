using System.CommandLine;
using GmmNative.Cli.Commands;
using GmmNative.Cli.Endings;

namespace GmmNative.Cli.Guide;

/// <summary><c>gmm help</c>: the help of a command, or the manual of the program.</summary>
internal sealed class HelpCommand : GmmCommand
{
    private readonly Argument<string[]> _words = new("COMMAND")
    {
        Description = "Command, such as train or plot model [the program].",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<bool> _manual = new("--man")
    {
        Description = "Write the manual of all commands, as a man page.",
        Arity = ArgumentArity.Zero,
    };

    private readonly Option<bool> _markdown = new("--markdown")
    {
        Description = "Write the reference of all commands, as Markdown.",
        Arity = ArgumentArity.Zero,
    };

    public HelpCommand()
        : base(
            "help",
            "Show the help of a command, or write the manual of all commands.",
            "gmm help train",
            "gmm help plot model",
            "gmm help --man > ~/.local/share/man/man1/gmm.1")
    {
        Add(_words);
        Add(_manual);
        Add(_markdown);
        SetAction(Run);
    }

    private int Run(ParseResult parse)
    {
        Command root = parse.RootCommandResult.Command;
        string[] words = parse.GetValue(_words) ?? [];
        Option<bool>[] manuals = [.. new[] { _manual, _markdown }.Where(parse.GetValue)];
        if (manuals.Length > 0)
        {
            string names = string.Join(" and ", manuals.Select(option => option.Name));
            if (manuals.Length > 1)
            {
                throw new UsageException($"{names} exclude each other");
            }

            if (words.Length > 0)
            {
                throw new UsageException($"{names} describes all commands and cannot be limited to one");
            }

            IManualNotation notation = manuals[0] == _manual ? new ManualPage() : new MarkdownPage();
            parse.InvocationConfiguration.Output.Write(Manual.Write(new CommandEntry("", root), notation));
            return ExitCode.Success;
        }

        CommandEntry command = new("", root);
        foreach (string word in words)
        {
            command = command.Subcommands.FirstOrDefault(c => c.Command.Name == word) ?? throw Unknown(word, command);
        }

        return root.Parse([.. words, "--help"], parse.Configuration).Invoke(parse.InvocationConfiguration);
    }

    private static UsageException Unknown(string word, CommandEntry parent)
    {
        string? nearest = Typo.Nearest(word, parent.Subcommands.Select(c => c.Command.Name));
        return new UsageException($"{word} is not a command of {parent.Name}{(nearest is null ? "" : $" (did you mean {nearest}?)")}");
    }
}
