using System.CommandLine;
using GmmNative.Cli.Commands;
using GmmNative.Cli.Endings;
using GmmNative.Plots;

namespace GmmNative.Cli.Plotting;

/// <summary><c>gmm plot report</c>: the log-likelihood of trainings by iteration.</summary>
internal sealed class PlotReportCommand : GmmCommand
{
    private readonly Argument<string[]> _reports = new("REPORT")
    {
        Description = "Reports of gmm train --report. Several are drawn into one picture.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly PictureOptions _picture = new();

    public PlotReportCommand()
        : base(
            "report",
            "Draw the log-likelihood of trainings by iteration.",
            "gmm plot report report.json -o training.svg",
            "gmm plot report seed-1.json seed-2.json --title \"Two seeds\" -o seeds.png")
    {
        Add(_reports);
        _picture.AddTo(this);
        SetAction(Run);
    }

    private int Run(ParseResult parse)
    {
        string[] reports = parse.GetRequiredValue(_reports);
        string output = _picture.File(parse, reports);
        PictureDelivery.Write(() => TrainingPlot.LogLikelihood(reports, _picture.Read(parse)), output, _picture.Verbosity(parse));
        return ExitCode.Success;
    }
}
