using System.CommandLine;

namespace GmmNative.Cli.Guide;

/// <summary>A command with the words that lead to it.</summary>
/// <param name="Path">The words after <c>gmm</c>, separated by spaces; empty for the program itself.</param>
/// <param name="Command">The command.</param>
internal sealed record CommandEntry(string Path, Command Command)
{
    /// <summary>The command line up to the options: <c>gmm plot model</c>.</summary>
    public string Name => $"gmm {Path}".TrimEnd();

    /// <summary>The form of the command line: <c>gmm score MODEL INPUT [OPTIONS]</c>.</summary>
    public string Usage => Command.Subcommands.Count > 0
        ? $"{Name} COMMAND"
        : $"{Name}{string.Concat(Command.Arguments.Select(argument => $" {Placeholder(argument)}"))} [OPTIONS]";

    /// <summary>The options that are shown, in the order of the help.</summary>
    public IEnumerable<OptionEntry> Options => Command.Options.Where(option => !option.Hidden).Select(option => new OptionEntry(option));

    /// <summary>The commands below this one.</summary>
    public IEnumerable<CommandEntry> Subcommands =>
        Command.Subcommands.Where(c => !c.Hidden).Select(c => new CommandEntry($"{Path} {c.Name}".TrimStart(), c));

    /// <summary>This command and all commands below it, in the order of the help.</summary>
    public IEnumerable<CommandEntry> All() => Subcommands.SelectMany(c => c.All()).Prepend(this);

    /// <summary>The argument as the help shows it: <c>INPUT...</c>, or <c>[INPUT]</c> if it can be left out.</summary>
    public static string Placeholder(Argument argument)
    {
        string name = argument.Arity.MaximumNumberOfValues > 1 ? $"{argument.Name}..." : argument.Name;
        return argument.Arity.MinimumNumberOfValues == 0 ? $"[{name}]" : name;
    }
}
