using System.CommandLine;

namespace GmmNative.Cli.Options;

/// <summary>The defaults of other programs: <c>--preset</c>.</summary>
internal sealed class PresetOptions
{
    private readonly Option<Preset?> _preset = OptionFactory.Choice(
        "--preset",
        "Use the start, stopping and floors of another program; other options override it.",
        ("diffsptk", Preset.Diffsptk),
        ("sptk", Preset.Sptk),
        ("scikit-learn", Preset.ScikitLearn));

    private enum Preset
    {
        Diffsptk,
        Sptk,
        ScikitLearn,
    }

    /// <summary>Adds the option to a command.</summary>
    public void AddTo(Command command) => command.Add(_preset);

    /// <summary>The options of the preset, or the recommended options.</summary>
    public GmmOptions Read(ParseResult parse) => Read(parse, GmmOptions.Recommended);

    /// <summary>The options of the preset, or the defaults of the command.</summary>
    public GmmOptions Read(ParseResult parse, GmmOptions defaults) => parse.GetValue(_preset) switch
    {
        Preset.Diffsptk => GmmOptions.Diffsptk,
        Preset.Sptk => GmmOptions.Sptk,
        Preset.ScikitLearn => GmmOptions.ScikitLearn,
        _ => defaults,
    };
}
