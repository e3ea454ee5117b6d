using System.CommandLine;
using GmmNative.Cli.Commands;
using GmmNative.Cli.Endings;

namespace GmmNative.Cli.Plotting;

/// <summary><c>gmm plot</c>: pictures of models, of data and of training.</summary>
internal sealed class PlotCommand : GmmCommand
{
    public PlotCommand(Interruption interruption)
        : base(
            "plot",
            "Draw a model, data, a training or a selection, as .png or .svg.",
            "gmm plot model faithful.npz faithful.csv -o faithful.svg",
            "gmm plot report report.json -o training.png",
            "gmm plot model --help")
    {
        Add(new PlotModelCommand(interruption));
        Add(new PlotDataCommand(interruption));
        Add(new PlotReportCommand());
        Add(new PlotSelectCommand());
    }
}
