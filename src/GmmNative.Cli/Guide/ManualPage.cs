using System.Text;

namespace GmmNative.Cli.Guide;

/// <summary>The notation of <c>man</c>.</summary>
internal sealed class ManualPage : IManualNotation
{
    private readonly StringBuilder _text = new();

    /// <inheritdoc/>
    public string Text => _text.ToString();

    /// <inheritdoc/>
    public void Start(string summary, string usage, string description)
    {
        Line($".TH GMM 1 \"\" \"gmm {Escape(ProgramVersion.Text)}\"");
        Line(".SH NAME");
        Paragraph($"gmm - {LowerFirst(summary).TrimEnd('.')}");
        Line(".SH SYNOPSIS");
        Paragraph(usage);
        Line(".SH DESCRIPTION");
        Paragraph(description);
    }

    /// <inheritdoc/>
    public void StartCommands(IReadOnlyList<CommandEntry> commands) => Line(".SH COMMANDS");

    /// <inheritdoc/>
    public void StartCommand(CommandEntry command)
    {
        Line($".SS \"{Escape(command.Usage)}\"");
        Paragraph(command.Command.Description ?? "");
    }

    /// <inheritdoc/>
    public void WriteParameters(IReadOnlyList<(string Name, string Description)> arguments, IReadOnlyList<OptionEntry> options)
    {
        foreach ((string name, string description) in arguments)
        {
            Item($".I {Escape(name)}", description);
        }

        foreach (OptionEntry option in options)
        {
            string names = string.Join(", ", option.Names.Select(name => $"\\fB{Escape(name)}\\fR"));
            string value = option.Value is null ? "" : $" \\fI{Escape(option.Value)}\\fR";
            Item($"{names}{value}", option.FullDescription);
        }
    }

    /// <inheritdoc/>
    public void WriteExamples(IReadOnlyList<string> examples)
    {
        Line(".PP");
        Paragraph("Examples:");
        Line(".PP");
        Line(".nf");
        Line(".RS 4");
        foreach (string example in examples)
        {
            Paragraph(example);
        }

        Line(".RE");
        Line(".fi");
    }

    /// <inheritdoc/>
    public void WriteTerms(string title, string kind, IEnumerable<(string Name, string Description)> terms)
    {
        Line($".SH {title.ToUpperInvariant()}");
        foreach ((string name, string description) in terms)
        {
            Item($".B {name}", description);
        }
    }

    private void Item(string title, string description)
    {
        Line(".TP");
        Line(title);
        Paragraph(description);
    }

    // A line of text must not start with a control character.
    private void Paragraph(string text)
    {
        string escaped = Escape(text);
        Line(escaped.StartsWith('.') ? $"\\&{escaped}" : escaped);
    }

    private void Line(string line) => _text.Line(line);

    private static string Escape(string text) => text
        .Replace("\\", "\\e", StringComparison.Ordinal)
        .Replace("-", "\\-", StringComparison.Ordinal)
        .Replace("'", "\\(aq", StringComparison.Ordinal)
        .Replace("\"", "\\(dq", StringComparison.Ordinal)
        .Replace("~", "\\(ti", StringComparison.Ordinal)
        .Replace("^", "\\(ha", StringComparison.Ordinal);

    private static string LowerFirst(string text) => text.Length == 0 ? text : char.ToLowerInvariant(text[0]) + text[1..];
}
