using System.CommandLine;
using GmmNative.Cli.Endings;
using GmmNative.Cli.Options;
using GmmNative.Cli.Output;
using GmmNative.Scoring.Results;

namespace GmmNative.Cli.Commands;

/// <summary><c>gmm transform</c>: regression of some coordinates on others, row by row or as a trajectory.</summary>
internal sealed class TransformCommand : ModelCommand
{
    private readonly Option<string?> _output = OptionFactory.File(
        "-o",
        "FILE",
        "Predicted coordinates: .npy, .csv, .tsv, .f64, .f32, .raw; omit it if the input has all coordinates.",
        "--output");

    private readonly RegressionOptions _regression = new();
    private readonly TrajectoryOptions _trajectory = new();
    private readonly Option<string?> _covariance = OptionFactory.File(
        "--covariance-output", "FILE", "Covariance of the predicted coordinates of each row, T x Y x Y.");

    private readonly Option<string?> _labels = OptionFactory.File("--labels", "FILE", "Most probable component of each row.");
    private readonly Option<string?> _logDensity = OptionFactory.File(
        "--log-density", "FILE", "Log-density of the given coordinates of each row, in nats.");

    public TransformCommand(Interruption interruption)
        : base(
            interruption,
            "transform",
            "Predict some coordinates of each row from others; by default the last from the first, under the most probable component.",
            "gmm transform joint.npz source.npy -o converted.npy",
            "gmm transform joint.npz source.npy -o converted.npy --labels labels.npy --log-density densities.npy",
            "gmm transform model.npz rows.csv --given 1,3 --target 2 --regression expected -o second.csv --covariance-output c.npy",
            "gmm transform joint.npz source.npy --delta -0.5,0,0.5 --delta 1,-2,1 -o trajectory.npy")
    {
        Add(_output);
        _regression.AddTo(this);
        Add(_covariance);
        Add(_labels);
        Add(_logDensity);
        _trajectory.AddTo(this);
        AddSharedOptions();
    }

    protected override IEnumerable<OutputFile> Outputs(ParseResult parse)
    {
        string? output = parse.GetValue(_output);
        OutputFile[] files =
        [
            .. OutputFile.Of(
                ("-o", output, OutputKind.Numbers),
                ("--covariance-output", parse.GetValue(_covariance), OutputKind.Numbers),
                ("--labels", parse.GetValue(_labels), OutputKind.Labels),
                ("--log-density", parse.GetValue(_logDensity), OutputKind.Numbers)),
        ];
        if (!_trajectory.IsGiven(parse))
        {
            return files.Length > 0 ? files : throw new UsageException(
                "there is nothing to write: give -o, --covariance-output, --labels or --log-density");
        }

        string? conflict = files.FirstOrDefault(file => file.Option != "-o")?.Option
            ?? (_regression.Kind(parse) == RegressionKind.Expected ? "--regression expected" : null);
        return conflict is not null
            ? throw new UsageException($"{conflict} cannot be combined with --delta and --magic, which predict a whole sequence at once")
            : output is null ? throw new UsageException("-o FILE is missing: --delta and --magic write the predicted sequence")
            : files;
    }

    protected override ResultKinds Kinds => ResultKinds.Regression;

    protected override IReadOnlyList<ResultFile> Results(ParseResult parse) => ResultFile.Of(
        (ResultKinds.Regression, parse.GetValue(_output)),
        (ResultKinds.RegressionCovariance, parse.GetValue(_covariance)),
        (ResultKinds.Label, parse.GetValue(_labels)),
        (ResultKinds.LogDensity, parse.GetValue(_logDensity)));

    protected override VectorFileOptions Reading(
        ParseResult parse, GaussianMixture? model, string modelPath, VectorFileOptions options)
    {
        if (model?.Columns is not { } names || !_regression.NamesColumns(parse))
        {
            return options with { ColumnNames = model?.Columns, LeadingColumnsSuffice = true };
        }

        (int[] given, int[] targets) = _regression.Read(parse, model, modelPath);
        CheckWindows(parse, targets.Length);
        return options with
        {
            ColumnNames = [.. given.Select(column => names[column])],
            ColumnNamesFrom = "the list of given columns",
        };
    }

    protected override void Check(ModelTask task, ParseResult parse)
    {
        if (_regression.NamesColumns(parse))
        {
            (int[] given, _) = _regression.Read(parse, task.Model, task.ModelPath);
            task.RequireGiven(given.Length);
            return;
        }

        string? output = parse.GetValue(_output) ?? parse.GetValue(_covariance);
        int leading = task.Rows.Dimension;
        int all = task.Model.Dimension;
        if (leading > all)
        {
            throw new VectorDataException(
                $"{task.InputPath}: its vectors have dimension {leading}, but the model {task.ModelPath} has only {all} coordinates; "
                + "select columns with --columns.");
        }

        if (output is null && leading < all)
        {
            throw new UsageException(
                $"-o FILE is missing: the input has {leading} of the model's {all} coordinates, and the predicted ones need a file");
        }

        if (output is not null && leading == all)
        {
            throw new UsageException(
                $"-o {output}: the input has all {all} coordinates of the model, so there is nothing to predict; omit -o, or "
                + "select columns with --columns");
        }
    }

    protected override string? Work(ModelTask task, ParseResult parse, CancellationToken cancellationToken)
    {
        bool isSequence = _trajectory.IsGiven(parse);
        bool withCovariances = parse.GetValue(_covariance) is not null;
        if (!isSequence && !withCovariances && !_regression.NamesColumns(parse) && _regression.Kind(parse) is null)
        {
            return base.Work(task, parse, cancellationToken);
        }

        (int[] given, int[] targets) = Columns(task, parse);
        ModelTask selected = task.WithColumns(given);
        if (isSequence)
        {
            return WriteSequence(selected, given, targets, parse, cancellationToken);
        }

        MixtureRegressor regressor = task.Model.CreateRegressor(given, targets, task.Execution);
        RegressionKind kind = _regression.Kind(parse) ?? RegressionKind.Best;
        ResultRequest request = Request(task, parse) with { Regression = regressor.RowRegression(kind, withCovariances) };
        return Write(selected, request, Results(parse)) is { } written
            ? $"{written.Rows} rows: {targets.Length} coordinates from {given.Length}{LeftOut(written)}" : null;
    }

    protected override string Describe(ModelTask task, ResultRequest request, in ResultSummary summary)
    {
        int given = task.Rows.Dimension;
        int all = task.Model.Dimension;
        return given == all
            ? $"{summary.Rows} rows of all {all} coordinates{LeftOut(summary)}"
            : $"{summary.Rows} rows: {all - given} coordinates from {given}{LeftOut(summary)}";
    }

    /// <summary>Returns the given and the target coordinates: those that the options name, or the leading and the remaining ones.</summary>
    private (int[] Given, int[] Targets) Columns(ModelTask task, ParseResult parse)
    {
        int leading = task.Rows.Dimension;
        int rest = task.Model.Dimension - leading;
        return _regression.NamesColumns(parse)
            ? _regression.Read(parse, task.Model, task.ModelPath)
            : rest > 0 ? ([.. Enumerable.Range(0, leading)], [.. Enumerable.Range(leading, rest)])
            : throw new UsageException(
                $"the input has all {leading} coordinates of the model, so there is nothing to predict; name columns with --given or "
                + "--target, or select columns with --columns");
    }

    private void CheckWindows(ParseResult parse, int targets)
    {
        int windows = _trajectory.Windows(parse).Count;
        if (targets % (windows + 1) != 0)
        {
            throw new UsageException(
                $"{TrajectoryOptions.DeltaName}: the {targets} predicted coordinates cannot be divided into static ones and those of "
                + $"{windows} windows; their number must be a multiple of {windows + 1}");
        }
    }

    private string WriteSequence(
        ModelTask task, int[] given, int[] targets, ParseResult parse, CancellationToken cancellationToken)
    {
        CheckWindows(parse, targets.Length);
        if (task.Rows.MissingValues != MissingValues.Error)
        {
            throw new UsageException(
                "--missing cannot be combined with --delta and --magic, because a sequence needs every row; fill in missing values with "
                + "gmm impute");
        }

        TrajectoryGenerator generator = task.Model.CreateTrajectoryGenerator(
            given, _trajectory.Windows(parse), targets, _trajectory.Gap(parse), task.Execution);
        double[,] sequence = generator.Generate(task.Rows, cancellationToken);
        ArrayFile.Write(parse.GetRequiredValue(_output)!, sequence);
        return $"{sequence.GetLength(0)} rows: a sequence of {generator.StaticDimension} coordinates from {given.Length}";
    }
}
