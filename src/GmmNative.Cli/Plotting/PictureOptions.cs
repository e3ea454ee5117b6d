using System.CommandLine;
using System.Globalization;
using GmmNative.Cli.Endings;
using GmmNative.Cli.Options;
using GmmNative.Plots;

namespace GmmNative.Cli.Plotting;

/// <summary>The file and the appearance of a picture: <c>-o --size --title --theme -q</c>.</summary>
internal sealed class PictureOptions
{
    private readonly Option<string?> _output = OptionFactory.File("-o", "FILE", "Picture to write: .png or .svg.", "--output");

    private readonly Option<(int Width, int Height)?> _size = new("--size")
    {
        HelpName = "WxH",
        Description = "Width and height in pixels [960x720].",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            string[] parts = text.ToUpperInvariant().Split('X');
            if (parts.Length == 2 && IsSide(parts[0], out int width) && IsSide(parts[1], out int height))
            {
                return (width, height);
            }

            result.AddError(
                $"--size: '{text}' is not a width and a height from {PlotOptions.MinimumSize} to {PlotOptions.MaximumSize}, like 960x720");
            return null;
        },
    };

    private readonly Option<string?> _title = new("--title") { HelpName = "TEXT", Description = "Title [a description of the content]." };

    private readonly Option<PlotTheme?> _theme = OptionFactory.Choice(
        "--theme", "Background [light].", ("light", PlotTheme.Light), ("dark", PlotTheme.Dark));

    private readonly Option<bool> _quiet = new("-q", "--quiet")
    {
        Description = "Write only errors to standard error.",
        Arity = ArgumentArity.Zero,
    };

    public PictureOptions() => _output.Required = true;

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_output);
        command.Add(_size);
        command.Add(_title);
        command.Add(_theme);
        command.Add(_quiet);
    }

    /// <summary>Returns the file to write, after checking that it can be written and is not an input.</summary>
    /// <exception cref="UsageException">The extension is wrong, or the file is an input.</exception>
    public string File(ParseResult parse, params IEnumerable<string> inputs)
    {
        string path = parse.GetRequiredValue(_output)!;
        Output.OutputFile.CheckAll([new Output.OutputFile("-o", path, Output.OutputKind.Document)], inputs);
        return UsageException.Guard(() =>
        {
            PlotPicture.CheckWritable(path);
            return path;
        });
    }

    /// <summary>Returns how much to write to standard error.</summary>
    public ConsoleVerbosity Verbosity(ParseResult parse) =>
        parse.GetValue(_quiet) ? ConsoleVerbosity.Silent : ConsoleVerbosity.Summary;

    /// <summary>Returns the appearance.</summary>
    public PlotOptions Read(ParseResult parse)
    {
        PlotOptions options = new() { Title = parse.GetValue(_title), Theme = parse.GetValue(_theme) ?? PlotTheme.Light };
        return parse.GetValue(_size) is { } size ? options with { Width = size.Width, Height = size.Height } : options;
    }

    private static bool IsSide(string text, out int side) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out side)
        && side is >= PlotOptions.MinimumSize and <= PlotOptions.MaximumSize;
}
