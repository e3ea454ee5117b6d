using System.CommandLine;
using System.Text;
using GmmNative.Cli.Commands;
using GmmNative.Cli.Endings;

namespace GmmNative.Cli.Guide;

/// <summary>The manual of the program in the notation of <c>man</c>, from the descriptions of commands, arguments and options.</summary>
internal sealed class ManualPage
{
    private static readonly (string Name, string Description)[] Variables =
    [
        ("GMMNATIVE_BACKEND", "Backend to compute with where --backend is not given: auto, mkl, openblas or managed."),
        ("GMMNATIVE_BLAS_PATH", "Native library, or folder of native libraries, that is searched first."),
        ("GMMNATIVE_DEBUG", "With the value 1, an error also shows where in the program it occurred."),
    ];

    private static readonly (int Code, string Description)[] Codes =
    [
        (ExitCode.Success, "Success. A training that did not converge is a success, too: its report contains the reason for its end."),
        (ExitCode.Failure, "The data, a file or the computation failed."),
        (ExitCode.Usage, "The command line is wrong."),
        (ExitCode.InternalError, "The program has a bug."),
        (ExitCode.Interrupted, "A signal stopped the command."),
    ];

    private readonly StringBuilder _text = new();

    private ManualPage()
    {
    }

    /// <summary>Returns the page.</summary>
    /// <param name="root">The program.</param>
    public static string Of(CommandEntry root)
    {
        ManualPage page = new();
        page.WriteProgram(root);
        return page._text.ToString();
    }

    private void WriteProgram(CommandEntry root)
    {
        Line($".TH GMM 1 \"\" \"gmm {Escape(ProgramVersion.Text)}\"");
        Line(".SH NAME");
        Text($"gmm - {LowerFirst(root.Command.Description ?? "").TrimEnd('.')}");
        Line(".SH SYNOPSIS");
        Text("gmm COMMAND [OPTIONS]");
        Line(".SH DESCRIPTION");
        Text("The commands train Gaussian mixture models on files of vectors, and use these models. "
            + "An input - is standard input; an output - is standard output. Brackets at the end of a description contain the default.");
        Line(".SH COMMANDS");
        foreach (CommandEntry command in root.All().Skip(1))
        {
            WriteCommand(command);
        }

        Line(".SH EXIT STATUS");
        foreach ((int code, string description) in Codes)
        {
            Item($".B {code}", description);
        }

        Line(".SH ENVIRONMENT");
        foreach ((string name, string description) in Variables)
        {
            Item($".B {name}", description);
        }
    }

    private void WriteCommand(CommandEntry command)
    {
        string arguments = string.Concat(command.Command.Arguments.Select(a => $" {CommandEntry.Placeholder(a)}"));
        string rest = command.Command.Subcommands.Count > 0 ? " COMMAND" : $"{arguments} [OPTIONS]";
        Line($".SS \"{Escape(command.Name)}{Escape(rest)}\"");
        Text(command.Command.Description ?? "");
        foreach (Argument argument in command.Command.Arguments)
        {
            Item($".I {Escape(argument.Name)}", argument.Description ?? "");
        }

        // Every command has --help, and the last section would repeat it.
        foreach (OptionEntry option in command.Options.Where(o => !o.IsHelp))
        {
            string names = string.Join(", ", option.Names.Select(name => $"\\fB{Escape(name)}\\fR"));
            string value = option.Value is null ? "" : $" \\fI{Escape(option.Value)}\\fR";
            Item($"{names}{value}", option.IsRequired ? $"{option.Description} Required." : option.Description);
        }

        if (command.Command is GmmCommand { Examples.Count: > 0 } described)
        {
            Line(".PP");
            Text("Examples:");
            Line(".PP");
            Line(".nf");
            Line(".RS 4");
            foreach (string example in described.Examples)
            {
                Text(example);
            }

            Line(".RE");
            Line(".fi");
        }
    }

    private void Item(string title, string description)
    {
        Line(".TP");
        Line(title);
        Text(description);
    }

    // A line of text must not start with a control character.
    private void Text(string text)
    {
        string escaped = Escape(text);
        Line(escaped.StartsWith('.') ? $"\\&{escaped}" : escaped);
    }

    private void Line(string line) => _text.Append(line).Append('\n');

    private static string Escape(string text) => text
        .Replace("\\", "\\e", StringComparison.Ordinal)
        .Replace("-", "\\-", StringComparison.Ordinal)
        .Replace("'", "\\(aq", StringComparison.Ordinal)
        .Replace("\"", "\\(dq", StringComparison.Ordinal)
        .Replace("~", "\\(ti", StringComparison.Ordinal)
        .Replace("^", "\\(ha", StringComparison.Ordinal);

    private static string LowerFirst(string text) => text.Length == 0 ? text : char.ToLowerInvariant(text[0]) + text[1..];
}
