using System.Text;

namespace GmmNative.Cli.Guide;

/// <summary>The completion script of zsh.</summary>
internal static class ZshScript
{
    /// <summary>Returns the script.</summary>
    public static string Of(CommandEntry root)
    {
        CommandEntry[] commands = [.. root.All()];
        StringBuilder text = new();
        text.Line("#compdef gmm");
        text.Line("# zsh completion for gmm: a file _gmm in a folder of $fpath");
        text.Line("_gmm() {");
        text.Line("    local command= i");
        text.Line("    local -a found");
        text.Line("    for ((i = 2; i < CURRENT; i++)); do");
        text.Line("        case \"$command/${words[i]}\" in");
        foreach (CommandEntry command in commands.Skip(1))
        {
            int space = command.Path.LastIndexOf(' ');
            string parent = space < 0 ? "" : command.Path[..space];
            text.Line($"            ('{parent}/{command.Command.Name}') command='{command.Path}' ;;");
        }

        text.Line("        esac");
        text.Line("    done");
        text.Line("    case \"$command/${words[CURRENT-1]}\" in");
        foreach (CommandEntry command in commands)
        {
            foreach (OptionEntry option in command.Options.Where(o => o.TakesValue))
            {
                string names = string.Join('|', option.Names.Select(name => $"'{command.Path}/{name}'"));
                string add = !option.Words.Any() ? "" : $" {(option.IsList ? "compset -P '*,'; " : "")}compadd -- {Quoted(option.Words)};";
                text.Line($"        ({names}){add}{(option.IsFile ? " _files;" : "")} return ;;");
            }
        }

        text.Line("    esac");
        text.Line("    case \"$command\" in");
        foreach (CommandEntry command in commands)
        {
            IEnumerable<string> descriptions = command.Options.SelectMany(o => o.Names.Where(name => name != "-?").Select(name =>
                $"{name}:{o.Description.Replace(":", "\\:", StringComparison.Ordinal)}"));
            text.Line($"        ('{command.Path}')");
            text.Line("            if [[ ${words[CURRENT]} == -* ]]; then");
            text.Line($"                found=({Quoted(descriptions)}{(command.Path.Length == 0 ? "" : " '--help:Show help.'")})");
            text.Line("                _describe option found");
            text.Line("            else");
            string[] words = [.. ShellScript.Words(command, root)];
            if (words.Length > 0)
            {
                text.Line($"                compadd -- {Quoted(words)}");
            }

            text.Line(ShellScript.TakesFiles(command) ? "                _files" : "                :");
            text.Line("            fi ;;");
        }

        text.Line("    esac");
        text.Line("}");
        text.Line("if [[ $funcstack[1] == _gmm ]]; then _gmm \"$@\"; else compdef _gmm gmm; fi");
        return text.ToString();
    }

    private static string Quoted(IEnumerable<string> words) =>
        string.Join(' ', words.Select(word => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'"));
}
