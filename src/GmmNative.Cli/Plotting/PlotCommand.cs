using System.CommandLine;
using GmmNative.Cli.Endings;

namespace GmmNative.Cli.Plotting;

/// <summary><c>gmm plot</c>: pictures of models, of data and of training.</summary>
internal sealed class PlotCommand : Command
{
    public PlotCommand(Interruption interruption)
        : base("plot", "Draw a model, data, a training or a selection, as .png or .svg.")
    {
        Add(new PlotModelCommand(interruption));
        Add(new PlotDataCommand(interruption));
    }
}
