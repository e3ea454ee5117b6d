using System.CommandLine;
using GmmNative.Cli.Commands;
using GmmNative.Cli.Endings;
using GmmNative.Cli.Input;
using GmmNative.Cli.Options;
using GmmNative.Plots;

namespace GmmNative.Cli.Plotting;

/// <summary><c>gmm plot model</c>: a picture of a model, with or without rows.</summary>
internal sealed class PlotModelCommand : GmmCommand
{
    private const string ColumnsName = "--columns";

    private readonly Argument<string> _model = new("MODEL") { Description = "Model: .npz, .json or .gmm." };
    private readonly Argument<string?> _input = new("INPUT")
    {
        Description = VectorOptions.Formats,
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<ModelPictureKind?> _kind = OptionFactory.Choice(
        "--kind",
        "scatter: ellipses of one and two standard deviations; contours: curves of equal density; marginals: the density of each column; "
        + "responsibilities: each row in the color of its component [scatter; marginals if the model has one column].",
        [
            ("scatter", ModelPictureKind.Scatter),
            ("contours", ModelPictureKind.Contours),
            ("marginals", ModelPictureKind.Marginals),
            ("responsibilities", ModelPictureKind.Responsibilities),
        ],
        [("ellipses", ModelPictureKind.Scatter), ("density", ModelPictureKind.Contours), ("labels", ModelPictureKind.Responsibilities)]);

    private readonly Option<string[]?> _columns = OptionFactory.Columns(
        ColumnsName,
        "Columns to draw: two, or up to 16 for marginals [both of two columns, else two principal coordinates; marginals: the first 9].");

    private readonly Option<int?> _components = OptionFactory.Number("-k", "K", "Number of components of a .gmm model.", 1, int.MaxValue);
    private readonly PictureOptions _picture = new();
    private readonly RowOptions _rows = new();
    private readonly VectorOptions _vectors = new();
    private readonly RowWeightOptions _weights = new();
    private readonly Interruption _interruption;

    public PlotModelCommand(Interruption interruption)
        : base(
            "model",
            "Draw a model, and the rows that it describes.",
            "gmm plot model faithful.npz faithful.csv -o faithful.svg",
            "gmm plot model speech.npz speech.npy --kind marginals --columns 1-4 --theme dark -o speech.png")
    {
        _interruption = interruption;
        Add(_model);
        Add(_input);
        Add(_kind);
        Add(_columns);
        _picture.AddTo(this);
        _rows.AddTo(this);
        _vectors.AddTo(this, hasColumns: false);
        _weights.AddTo(this);
        Add(_components);
        SetAction(Run);
    }

    private int Run(ParseResult parse)
    {
        string modelPath = parse.GetRequiredValue(_model);
        string? inputPath = parse.GetValue(_input);
        ConsoleVerbosity verbosity = _picture.Verbosity(parse);
        VectorFileOptions reading = _vectors.Read(parse) with { WeightColumn = _weights.Column(parse) };
        string[] inputs = inputPath is null ? [] : [inputPath];
        string? weights = _weights.File(parse, inputs);
        string output = _picture.File(parse, [modelPath, .. inputs, .. weights is null ? (string[])[] : [weights]]);
        GaussianMixture model = ModelInput.Load(modelPath, reading.Dimension, parse.GetValue(_components), _interruption.Token);
        PlotOptions options = _rows.Read(parse, _picture.Read(parse));
        if (OptionFactory.Repeated(parse, _columns) is { } columns)
        {
            options = options with { Columns = ModelColumnList.Resolve(model, modelPath, ColumnsName, columns) };
        }

        ModelPictureKind kind = parse.GetValue(_kind)
            ?? (model.Dimension == 1 ? ModelPictureKind.Marginals : ModelPictureKind.Scatter);
        using IVectorSource? rows = inputPath is null
            ? null : InputVectors.Open([inputPath], reading with { ColumnNames = model.Columns }, weights, verbosity);
        if (rows is not null && rows.Dimension != model.Dimension)
        {
            throw new VectorDataException(
                $"{inputPath}: its vectors have dimension {rows.Dimension}, but the model {modelPath} has dimension {model.Dimension}: use "
                + "vectors like those that the model was trained on.");
        }

        PictureDelivery.Write(() => Draw(kind, model, rows, options), output, verbosity);
        return ExitCode.Success;
    }

    private PlotPicture Draw(ModelPictureKind kind, GaussianMixture model, IVectorSource? rows, PlotOptions options) => kind switch
    {
        ModelPictureKind.Contours => MixturePlot.Contours(model, rows, options, _interruption.Token),
        ModelPictureKind.Marginals => MixturePlot.Marginals(model, rows, options, _interruption.Token),
        ModelPictureKind.Responsibilities => rows is null
            ? throw new UsageException("INPUT is missing: --kind responsibilities colors rows")
            : MixturePlot.Responsibilities(model, rows, options, _interruption.Token),
        _ => MixturePlot.Scatter(model, rows, options, _interruption.Token),
    };
}
