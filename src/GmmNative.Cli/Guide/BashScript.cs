using System.Text;

namespace GmmNative.Cli.Guide;

/// <summary>The completion script of bash.</summary>
internal static class BashScript
{
    /// <summary>Returns the script.</summary>
    public static string Of(CommandEntry root)
    {
        CommandEntry[] commands = [.. root.All()];
        StringBuilder text = new();
        text.Line("# bash completion for gmm: source <(gmm completion bash)");
        text.Line("_gmm()");
        text.Line("{");
        text.Line("    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}");
        text.Line("    local command= words= files= list= prefix= i");
        text.Line("    # bash splits --option=value into three words.");
        text.Line("    if [[ $previous == '=' ]]; then previous=${COMP_WORDS[COMP_CWORD-2]}; fi");
        text.Line("    if [[ $current == '=' ]]; then current=; fi");
        text.Line("    for ((i = 1; i < COMP_CWORD; i++)); do");
        text.Line("        case \"$command/${COMP_WORDS[i]}\" in");
        foreach (CommandEntry command in commands.Skip(1))
        {
            int space = command.Path.LastIndexOf(' ');
            string parent = space < 0 ? "" : command.Path[..space];
            text.Line($"            '{parent}/{command.Command.Name}') command='{command.Path}' ;;");
        }

        text.Line("        esac");
        text.Line("    done");
        text.Line("    case \"$command/$previous\" in");
        foreach (CommandEntry command in commands)
        {
            foreach (OptionEntry option in command.Options.Where(o => o.TakesValue))
            {
                string names = string.Join('|', option.Names.Select(name => $"'{command.Path}/{name}'"));
                text.Line($"        {names}) words='{string.Join(' ', option.Words)}'{(option.IsFile ? " files=yes" : "")}"
                    + $"{(option.IsList ? " list=yes" : "")} ;;");
            }
        }

        text.Line("        *)");
        text.Line("            case \"$command\" in");
        foreach (CommandEntry command in commands)
        {
            text.Line($"                '{command.Path}')");
            text.Line($"                    words='{string.Join(' ', ShellScript.Words(command, root))}'"
                + (ShellScript.TakesFiles(command) ? " files=yes" : ""));
            string options = string.Join(' ', ShellScript.OptionNames(command));
            text.Line($"                    if [[ $current == -* ]]; then words='{options}'; fi ;;");
        }

        text.Line("            esac ;;");
        text.Line("    esac");
        text.Line("    if [[ $list && $current == *,* ]]; then prefix=${current%,*},; current=${current##*,}; fi");
        text.Line("    COMPREPLY=()");
        text.Line("    if [[ $words ]]; then mapfile -t COMPREPLY < <(compgen -W \"$words\" -P \"$prefix\" -- \"$current\"); fi");
        text.Line("    if [[ $files && ${#COMPREPLY[@]} -eq 0 || $files && -z $words ]]; then");
        text.Line("        mapfile -t COMPREPLY < <(compgen -f -- \"$current\")");
        text.Line("        compopt -o filenames 2> /dev/null");
        text.Line("    fi");
        text.Line("}");
        text.Line("complete -F _gmm gmm");
        return text.ToString();
    }
}
