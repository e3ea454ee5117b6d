using System.CommandLine;
using GmmNative.Cli.Commands;
using GmmNative.Cli.Endings;
using GmmNative.Plots;

namespace GmmNative.Cli.Plotting;

/// <summary><c>gmm plot select</c>: the criteria of a selection.</summary>
internal sealed class PlotSelectCommand : GmmCommand
{
    private readonly Argument<string> _report = new("REPORT") { Description = "Report of gmm select --report." };
    private readonly PictureOptions _picture = new();

    public PlotSelectCommand()
        : base(
            "select",
            "Draw the criteria of a selection by the number of components and the kind of covariances.",
            "gmm plot select selection.json -o selection.svg")
    {
        Add(_report);
        _picture.AddTo(this);
        SetAction(Run);
    }

    private int Run(ParseResult parse)
    {
        string report = parse.GetRequiredValue(_report);
        string output = _picture.File(parse, report);
        PictureDelivery.Write(() => TrainingPlot.Selection(report, _picture.Read(parse)), output, _picture.Verbosity(parse));
        return ExitCode.Success;
    }
}
