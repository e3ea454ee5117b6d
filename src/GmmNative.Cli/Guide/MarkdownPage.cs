using System.Text;
using System.Text.RegularExpressions;

namespace GmmNative.Cli.Guide;

/// <summary>Markdown, as <c>docs/options.md</c>.</summary>
internal sealed partial class MarkdownPage : IManualNotation
{
    private readonly StringBuilder _text = new();

    /// <inheritdoc/>
    public string Text => _text.ToString().TrimEnd('\n') + "\n";

    /// <inheritdoc/>
    public void Start(string summary, string usage, string description)
    {
        Paragraph("# Commands and options");
        _text.Line("<!-- Written by gmm help --markdown > docs/options.md. Change the descriptions in src/GmmNative.Cli. -->").Line();
        Paragraph($"`{usage}`: {summary}");
        Paragraph(Plain(description));
        Paragraph("Options stand before, between or after the arguments. `--output=FILE` is the same as `--output FILE`. "
            + "Every command also has `--help`.");
    }

    /// <inheritdoc/>
    public void StartCommands(IReadOnlyList<CommandEntry> commands)
    {
        Table("command", "purpose", commands.Select(c => ($"[{c.Name}](#{Anchor(c.Name)})", Plain(c.Command.Description ?? ""))));
    }

    /// <inheritdoc/>
    public void StartCommand(CommandEntry command)
    {
        Paragraph($"## {command.Name}");
        Paragraph(Plain(command.Command.Description ?? ""));
        Block([command.Usage]);
    }

    /// <inheritdoc/>
    public void WriteParameters(IReadOnlyList<(string Name, string Description)> arguments, IReadOnlyList<OptionEntry> options)
    {
        if (arguments.Count > 0)
        {
            Table("argument", "meaning", arguments.Select(a => (Code(a.Name), Plain(a.Description))));
        }

        if (options.Count > 0)
        {
            Table("option", "meaning", options.Select(option => (Form(option), Plain(option.FullDescription))));
        }
    }

    /// <inheritdoc/>
    public void WriteExamples(IReadOnlyList<string> examples) => Block(examples);

    /// <inheritdoc/>
    public void WriteTerms(string title, string kind, IEnumerable<(string Name, string Description)> terms)
    {
        Paragraph($"## {title}");
        Table(kind, "meaning", terms.Select(term => (Code(term.Name), Plain(term.Description))));
    }

    private static string Form(OptionEntry option) =>
        string.Join(", ", option.Names.SkipLast(1).Select(Code).Append(Code($"{option.Names[^1]} {option.Value}".TrimEnd())));

    private void Paragraph(string text) => _text.Line(text).Line();

    private void Block(IEnumerable<string> lines)
    {
        _text.Line("```");
        foreach (string line in lines)
        {
            _text.Line(line);
        }

        _text.Line("```").Line();
    }

    private void Table(string first, string second, IEnumerable<(string First, string Second)> rows)
    {
        _text.Line($"| {first} | {second} |").Line("| --- | --- |");
        foreach ((string left, string right) in rows)
        {
            _text.Line($"| {left} | {right} |");
        }

        _text.Line();
    }

    // The name that a heading can be linked by.
    private static string Anchor(string heading) => heading.Replace(' ', '-');

    // A bar ends a cell even in code.
    private static string Code(string text) => $"`{text.Replace("|", "\\|", StringComparison.Ordinal)}`";

    // The text of a description, in which options are code.
    private static string Plain(string text) => OptionName().Replace(
        text
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("*", "\\*", StringComparison.Ordinal)
            .Replace("_", "\\_", StringComparison.Ordinal)
            .Replace("[", "\\[", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace("|", "\\|", StringComparison.Ordinal),
        "`$0`");

    [GeneratedRegex("--[a-z]+(?:-[a-z]+)*")]
    private static partial Regex OptionName();
}
