using Spectre.Console;

namespace GmmNative.Cli.Output;

/// <summary>Consoles for output that people read.</summary>
internal static class Consoles
{
    // Wide enough that no line of a redirected table is wrapped.
    private const int RedirectedWidth = 240;

    /// <summary>Standard output: tables.</summary>
    public static IAnsiConsole Output() => Make(Console.Out, Console.IsOutputRedirected);

    /// <summary>Standard error: progress.</summary>
    public static IAnsiConsole Error() => Make(Console.Error, Console.IsErrorRedirected);

    /// <summary>Creates a table in the style of the program.</summary>
    public static Table Table(params string[] columns)
    {
        Table table = new() { Border = TableBorder.Rounded };
        foreach (string column in columns)
        {
            table.AddColumn(Markup.Escape(column));
        }

        return table;
    }

    private static IAnsiConsole Make(TextWriter writer, bool redirected)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
            ColorSystem = redirected || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
                ? ColorSystemSupport.NoColors
                : ColorSystemSupport.Detect,
        });
        if (redirected)
        {
            console.Profile.Width = RedirectedWidth;
        }

        return console;
    }
}
