using System.Text;

namespace GmmNative.Cli.Guide;

/// <summary>What the completion scripts of all shells are made from.</summary>
internal static class ShellScript
{
    /// <summary>Whether a position without an option in front of it can be a file.</summary>
    public static bool TakesFiles(CommandEntry command) =>
        command.Command.Arguments.Any(argument => !IsWord(command));

    /// <summary>The words that can stand at such a position: subcommands, and the shells or commands of the guide's own commands.</summary>
    /// <param name="command">The command.</param>
    /// <param name="root">The program.</param>
    public static IEnumerable<string> Words(CommandEntry command, CommandEntry root) => command.Path switch
    {
        "completion" => ["bash", "zsh", "fish", "pwsh"],
        "help" => root.Subcommands.Select(c => c.Command.Name),
        _ => command.Subcommands.Select(c => c.Command.Name),
    };

    /// <summary>All names of the options of a command.</summary>
    public static IEnumerable<string> OptionNames(CommandEntry command) =>
        command.Options.SelectMany(option => option.Names).Where(name => name != "-?")
            .Concat(command.Path.Length == 0 ? [] : ["-h", "--help"]).Distinct();

    /// <summary>Appends a line with a line end that is the same on every system.</summary>
    public static StringBuilder Line(this StringBuilder text, string line = "") => text.Append(line).Append('\n');

    private static bool IsWord(CommandEntry command) => command.Path is "completion" or "help";
}
