using System.CommandLine;
using GmmNative.Cli.Endings;
using GmmNative.Cli.Options;
using GmmNative.Cli.Output;
using GmmNative.Scoring.Results;

namespace GmmNative.Cli.Commands;

/// <summary><c>gmm transform</c>: regression of the last coordinates on the first ones.</summary>
internal sealed class TransformCommand : ModelCommand
{
    private readonly Option<string?> _output = OptionFactory.File(
        "-o",
        "FILE",
        "Predicted coordinates: .npy, .csv, .tsv, .f64, .f32, .raw; omit it if the input has all coordinates.",
        "--output");

    private readonly Option<string?> _labels = OptionFactory.File("--labels", "FILE", "Most probable component of each row.");
    private readonly Option<string?> _logDensity = OptionFactory.File(
        "--log-density", "FILE", "Log-density of the given coordinates of each row, in nats.");

    public TransformCommand(Interruption interruption)
        : base(
            interruption,
            "transform",
            "Predict the last coordinates of each row from the first, by regression under the most probable component.",
            "gmm transform joint.npz source.npy -o converted.npy",
            "gmm transform joint.npz source.npy -o converted.npy --labels labels.npy --log-density densities.npy")
    {
        Add(_output);
        Add(_labels);
        Add(_logDensity);
        AddSharedOptions();
    }

    protected override bool LeadingColumnsSuffice => true;

    protected override IEnumerable<OutputFile> Outputs(ParseResult parse)
    {
        OutputFile[] files =
        [
            .. OutputFile.Of(
                ("-o", parse.GetValue(_output), OutputKind.Numbers),
                ("--labels", parse.GetValue(_labels), OutputKind.Labels),
                ("--log-density", parse.GetValue(_logDensity), OutputKind.Numbers)),
        ];
        return files.Length > 0 ? files : throw new UsageException("there is nothing to write: give -o, --labels or --log-density");
    }

    protected override ResultKinds Kinds => ResultKinds.Regression;

    protected override IReadOnlyList<ResultFile> Results(ParseResult parse) => ResultFile.Of(
        (ResultKinds.Regression, parse.GetValue(_output)),
        (ResultKinds.Label, parse.GetValue(_labels)),
        (ResultKinds.LogDensity, parse.GetValue(_logDensity)));

    protected override void Check(ModelTask task, ParseResult parse)
    {
        string? output = parse.GetValue(_output);
        int given = task.Rows.Dimension;
        int all = task.Model.Dimension;
        if (given > all)
        {
            throw new VectorDataException(
                $"{task.InputPath}: its vectors have dimension {given}, but the model {task.ModelPath} has only {all} coordinates; "
                + "select columns with --columns.");
        }

        if (output is null && given < all)
        {
            throw new UsageException(
                $"-o FILE is missing: the input has {given} of the model's {all} coordinates, and the predicted ones need a file");
        }

        if (output is not null && given == all)
        {
            throw new UsageException(
                $"-o {output}: the input has all {all} coordinates of the model, so there is nothing to predict; omit -o, or "
                + "select columns with --columns");
        }
    }

    protected override string Describe(ModelTask task, ResultRequest request, in ResultSummary summary)
    {
        int given = task.Rows.Dimension;
        int all = task.Model.Dimension;
        return given == all
            ? $"{summary.Rows} rows of all {all} coordinates"
            : $"{summary.Rows} rows: {all - given} coordinates from {given}";
    }
}
