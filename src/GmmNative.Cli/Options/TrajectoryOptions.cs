using System.CommandLine;
using System.Globalization;

namespace GmmNative.Cli.Options;

/// <summary>Conversion of sequences with windows: <c>--delta --magic</c>.</summary>
internal sealed class TrajectoryOptions
{
    /// <summary>The name of the option for windows.</summary>
    public const string DeltaName = "--delta";

    private readonly Option<double[][]?> _delta = new(DeltaName)
    {
        HelpName = "H,H...",
        Description = "Window of the target coordinates, like -0.5,0,0.5; once per window, in the order of the model. The rows are then "
            + "one sequence, and the output contains the static coordinates of the most probable trajectory.",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
        CustomParser = result =>
        {
            double[][] windows = new double[result.Tokens.Count][];
            for (int i = 0; i < windows.Length; i++)
            {
                string text = result.Tokens[i].Value;
                string[] parts = text.Split(',');
                windows[i] = new double[parts.Length];
                for (int j = 0; j < parts.Length; j++)
                {
                    bool isNumber = double.TryParse(parts[j], NumberStyles.Float, CultureInfo.InvariantCulture, out windows[i][j]);
                    if (!isNumber || !double.IsFinite(windows[i][j]))
                    {
                        result.AddError($"{DeltaName}: '{text}' is not a comma-separated list of numbers, like -0.5,0,0.5");
                        return null;
                    }
                }
            }

            return windows;
        },
    };

    private readonly Option<double?> _magic = OptionFactory.Number(
        "--magic",
        "V",
        "Number that marks gaps: rows whose first given coordinate is V are left out, and V is written for them.",
        double.MinValue,
        double.MaxValue);

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_delta);
        command.Add(_magic);
    }

    /// <summary>Whether the rows are a sequence.</summary>
    public bool IsGiven(ParseResult parse) => OptionFactory.Repeated(parse, _delta) is not null || parse.GetValue(_magic) is not null;

    /// <summary>The windows, without the static one.</summary>
    public IReadOnlyList<double[]> Windows(ParseResult parse) => OptionFactory.Repeated(parse, _delta) ?? [];

    /// <summary>The number that marks gaps, or <see langword="null"/>.</summary>
    public double? Gap(ParseResult parse) => parse.GetValue(_magic);
}
