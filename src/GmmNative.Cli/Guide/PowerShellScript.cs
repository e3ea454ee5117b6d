using System.Text;

namespace GmmNative.Cli.Guide;

/// <summary>The completion script of PowerShell.</summary>
internal static class PowerShellScript
{
    /// <summary>Returns the script.</summary>
    public static string Of(CommandEntry root)
    {
        CommandEntry[] commands = [.. root.All()];
        StringBuilder text = new();
        text.Line("# PowerShell completion for gmm: gmm completion pwsh | Out-String | Invoke-Expression");
        text.Line("Register-ArgumentCompleter -Native -CommandName gmm -ScriptBlock {");
        text.Line("    param($wordToComplete, $commandAst, $cursorPosition)");
        Table(text, "words", commands.Select(c => (c.Path, ShellScript.Words(c, root))));
        Table(text, "options", commands.Select(c => (c.Path, ShellScript.OptionNames(c))));
        Table(text, "values", commands.SelectMany(
            c => c.Options.Where(o => o.TakesValue).SelectMany(o => o.Names.Select(name => ($"{c.Path}/{name}", o.Words)))));
        text.Line("    $given = @($commandAst.CommandElements | Select-Object -Skip 1 |");
        text.Line("        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })");
        text.Line("    $command = ''");
        text.Line("    foreach ($word in $given) {");
        text.Line("        $next = \"$command $word\".TrimStart()");
        text.Line("        if ($words.ContainsKey($next) -and $next -ne '') { $command = $next }");
        text.Line("    }");
        text.Line("    $previous = if ($given.Count -gt 0) { $given[-1] } else { '' }");
        text.Line("    $found = if ($values.ContainsKey(\"$command/$previous\")) { $values[\"$command/$previous\"] }");
        text.Line("    elseif ($wordToComplete -like '-*') { $options[$command] }");
        text.Line("    else { $words[$command] }");
        text.Line("    # Without a result, PowerShell completes file names.");
        text.Line("    $found | Where-Object { $_.StartsWith($wordToComplete, [StringComparison]::Ordinal) } |");
        text.Line("        ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }");
        text.Line("}");
        return text.ToString();
    }

    // Names that differ only in case, such as -k and -K, would be the same key of PowerShell's own literal.
    private static void Table(StringBuilder text, string name, IEnumerable<(string Key, IEnumerable<string> Words)> entries)
    {
        text.Line($"    ${name} = [System.Collections.Generic.Dictionary[string, string[]]]::new([StringComparer]::Ordinal)");
        foreach ((string key, IEnumerable<string> words) in entries)
        {
            text.Line($"    ${name}['{key}'] = @({string.Join(", ", words.Select(word => $"'{word}'"))})");
        }
    }
}
