using System.CommandLine;
using GmmNative.Cli.Options;
using GmmNative.Plots;

namespace GmmNative.Cli.Plotting;

/// <summary>Which rows a picture shows: <c>--rows --seed</c>.</summary>
internal sealed class RowOptions
{
    private readonly Option<int?> _rows = OptionFactory.Number(
        "--rows", "N", "Maximum number of rows to draw; of more rows, a random sample [5000; histograms: 100000].", 1, int.MaxValue);

    private readonly Option<int?> _seed = OptionFactory.Number(
        "--seed", "N", "Seed of the sample of rows [0].", int.MinValue, int.MaxValue);

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_rows);
        command.Add(_seed);
    }

    /// <summary>Adds the values to the options of a picture.</summary>
    public PlotOptions Read(ParseResult parse, PlotOptions options) =>
        options with { MaximumRows = parse.GetValue(_rows), Seed = parse.GetValue(_seed) ?? 0 };
}
