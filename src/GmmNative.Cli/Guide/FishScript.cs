using System.Text;

namespace GmmNative.Cli.Guide;

/// <summary>The completion script of fish.</summary>
internal static class FishScript
{
    /// <summary>Returns the script.</summary>
    public static string Of(CommandEntry root)
    {
        CommandEntry[] commands = [.. root.All()];
        StringBuilder text = new();
        text.Line("# fish completion for gmm: ~/.config/fish/completions/gmm.fish");
        text.Line("function __gmm_at");
        text.Line("    set -l command ''");
        text.Line("    for word in (commandline -opc)[2..-1]");
        text.Line("        switch \"$command/$word\"");
        foreach (CommandEntry command in commands.Skip(1))
        {
            int space = command.Path.LastIndexOf(' ');
            string parent = space < 0 ? "" : command.Path[..space];
            text.Line($"            case '{parent}/{command.Command.Name}'");
            text.Line($"                set command '{command.Path}'");
        }

        text.Line("        end");
        text.Line("    end");
        text.Line("    test \"$command\" = \"$argv[1]\"");
        text.Line("end");
        text.Line("complete -c gmm -f");
        foreach (CommandEntry command in commands)
        {
            string at = $"complete -c gmm -n \"__gmm_at '{command.Path}'\"";
            foreach (CommandEntry below in command.Subcommands)
            {
                text.Line($"{at} -a {below.Command.Name} -d {Quoted(below.Command.Description ?? "")}");
            }

            if (command.Subcommands.FirstOrDefault() is null && ShellScript.Words(command, root).ToArray() is { Length: > 0 } words)
            {
                text.Line($"{at} -a {Quoted(string.Join(' ', words))}");
            }

            if (ShellScript.TakesFiles(command))
            {
                text.Line($"{at} -F");
            }

            foreach (OptionEntry option in command.Options)
            {
                string names = string.Concat(option.Names.Where(name => name != "-?")
                    .Select(name => name.Length == 2 ? $" -s {name[1]}" : $" -l {name[2..]}"));
                string value = !option.TakesValue ? "" : option.IsFile ? " -r -F" : " -x";
                string choices = option.Words.Any() ? $" -a {Quoted(string.Join(' ', option.Words))}" : "";
                text.Line($"{at}{names}{value}{choices} -d {Quoted(option.Description)}");
            }

            if (command.Path.Length > 0)
            {
                text.Line($"{at} -s h -l help -d 'Show help.'");
            }
        }

        return text.ToString();
    }

    private static string Quoted(string text) =>
        $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
