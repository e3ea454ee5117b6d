using System.CommandLine;
using GmmNative.Cli.Commands;
using GmmNative.Cli.Endings;
using GmmNative.Cli.Input;
using GmmNative.Cli.Options;
using GmmNative.Plots;

namespace GmmNative.Cli.Plotting;

/// <summary><c>gmm plot data</c>: a picture of rows without a model.</summary>
internal sealed class PlotDataCommand : GmmCommand
{
    private readonly Argument<string[]> _inputs = new("INPUT")
    {
        Description = $"{VectorOptions.Formats} Several files are one data set.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<DataPictureKind?> _kind = OptionFactory.Choice(
        "--kind",
        "scatter: rows in two columns, or in two principal coordinates; histograms: one per column [scatter; histograms if there is one "
        + "column].",
        [("scatter", DataPictureKind.Scatter), ("histograms", DataPictureKind.Histograms)],
        [("marginals", DataPictureKind.Histograms)]);

    private readonly PictureOptions _picture = new();
    private readonly RowOptions _rows = new();
    private readonly VectorOptions _vectors = new();
    private readonly RowWeightOptions _weights = new();
    private readonly Interruption _interruption;

    public PlotDataCommand(Interruption interruption)
        : base(
            "data",
            "Draw rows without a model.",
            "gmm plot data faithful.csv -o faithful.svg",
            "gmm plot data speech.npy --kind histograms --columns 1-4 -o speech.png")
    {
        _interruption = interruption;
        Add(_inputs);
        Add(_kind);
        _picture.AddTo(this);
        _rows.AddTo(this);
        _vectors.AddTo(this);
        _weights.AddTo(this);
        SetAction(Run);
    }

    private int Run(ParseResult parse)
    {
        string[] inputs = parse.GetRequiredValue(_inputs);
        ConsoleVerbosity verbosity = _picture.Verbosity(parse);
        VectorFileOptions reading = _vectors.Read(parse) with { WeightColumn = _weights.Column(parse) };
        string? weights = _weights.File(parse, inputs);
        string output = _picture.File(parse, [.. inputs, .. weights is null ? (string[])[] : [weights]]);
        PlotOptions options = _rows.Read(parse, _picture.Read(parse));
        using IVectorSource rows = InputVectors.Open(inputs, reading, weights, verbosity);
        DataPictureKind kind = parse.GetValue(_kind) ?? (rows.Dimension == 1 ? DataPictureKind.Histograms : DataPictureKind.Scatter);

        // The reader has already selected the columns, in the order of the list.
        bool isSelected = reading.Columns is not null;
        if (kind == DataPictureKind.Scatter && isSelected && rows.Dimension != 2)
        {
            throw new UsageException($"--columns: a scatter picture shows two columns, and {rows.Dimension} are listed");
        }

        options = options with { Columns = isSelected ? [.. Enumerable.Range(0, rows.Dimension)] : null };
        PictureDelivery.Write(
            () => kind == DataPictureKind.Histograms
                ? DataPlot.Histograms(rows, options, _interruption.Token)
                : DataPlot.Scatter(rows, options, _interruption.Token),
            output,
            verbosity);
        return ExitCode.Success;
    }
}
