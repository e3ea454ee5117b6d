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

    public HelpCommand()
        : base(
            "help",
            "Show the help of a command, or write the man page.",
            "gmm help train",
            "gmm help plot model",
            "gmm help --man > ~/.local/share/man/man1/gmm.1")
    {
        Add(_words);
        Add(_manual);
        SetAction(Run);
    }

    private int Run(ParseResult parse)
    {
        Command root = parse.RootCommandResult.Command;
        string[] words = parse.GetValue(_words) ?? [];
        if (parse.GetValue(_manual))
        {
            if (words.Length > 0)
            {
                throw new UsageException("--man describes all commands and cannot be limited to one");
            }

            parse.InvocationConfiguration.Output.Write(ManualPage.Of(new CommandEntry("", root)));
            return ExitCode.Success;
        }

        Command command = root;
        for (int i = 0; i < words.Length; i++)
        {
            string parent = $"gmm {string.Join(' ', words[..i])}".TrimEnd();
            command = command.Subcommands.FirstOrDefault(c => c.Name == words[i])
                ?? throw new UsageException($"{words[i]} is not a command of {parent}"
                    + (Typo.Nearest(words[i], command.Subcommands.Select(c => c.Name)) is { } nearest ? $" (did you mean {nearest}?)" : ""));
        }

        return root.Parse([.. words, "--help"], parse.Configuration).Invoke(parse.InvocationConfiguration);
    }
}
