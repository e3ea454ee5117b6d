using System.CommandLine;
using System.Globalization;
using System.Numerics.Tensors;
using System.Text;
using System.Text.Json;
using GmmNative.Cli.Endings;
using GmmNative.Cli.Input;
using GmmNative.Cli.Options;
using GmmNative.Cli.Output;
using GmmNative.Files.Vectors;
using GmmNative.Scoring.Results;

namespace GmmNative.Cli.Commands;

/// <summary><c>gmm score</c>: the log-density or log-likelihood ratio of each row.</summary>
internal sealed class ScoreCommand : ModelCommand
{
    private readonly Option<string?> _output = OptionFactory.File(
        "-o",
        "FILE",
        "Log-densities: .npy, .csv, .tsv, .f64, .f32, .raw; - is raw on standard output [lines of text on standard output].",
        "--output");

    private readonly Option<string[]?> _against = OptionFactory.Files(
        "--against",
        "MODEL",
        "Subtract the log-density under this model: log-likelihood ratios instead of log-densities. Repeatable with --per-utterance.");

    private readonly Option<bool> _perUtterance = new("--per-utterance")
    {
        Description = "One line per utterance: its key, its number of frames and its average result. -o FILE is .csv, .tsv or .txt.",
        Arity = ArgumentArity.Zero,
    };

    private readonly Option<bool> _criteria = new("--criteria")
    {
        Description = "Report AIC, BIC and ICL of the model for the rows.",
        Arity = ArgumentArity.Zero,
    };

    private readonly Option<string?> _report = OptionFactory.File(
        "--report", "FILE", "Log-likelihood, free parameters and criteria to write, as JSON.");

    private readonly ThresholdOptions _threshold = new();

    private readonly RowWeightOptions _weights = new();

    public ScoreCommand(Interruption interruption)
        : base(
            interruption,
            "score",
            "Log-density of each row, in nats; the average and the total go to standard error.",
            "gmm score model.npz vectors.npy -o densities.npy",
            "gmm score model.npz vectors.csv | sort -g | head",
            "gmm score speaker.npz vectors.npy --against background.npz -o ratios.npy",
            "gmm score speaker.npz feats.scp --per-utterance --against background.npz",
            "gmm score model.npz vectors.npy --threshold 1% --training training.npy --anomalies anomalies.csv")
    {
        Add(_output);
        Add(_against);
        Add(_perUtterance);
        _threshold.AddTo(this);
        Add(_criteria);
        Add(_report);
        AddSharedOptions();
    }

    /// <inheritdoc/>
    protected override RowWeightOptions Weights => _weights;

    protected override IEnumerable<string> FurtherInputs(ParseResult parse) =>
        [.. Against(parse), .. ((string?[])[_threshold.Training(parse)]).OfType<string>()];

    protected override IEnumerable<OutputFile> Outputs(ParseResult parse)
    {
        _threshold.Read(parse);
        string? anomalies = _threshold.Anomalies(parse);
        if (parse.GetValue(_perUtterance))
        {
            return UtteranceOutputs(parse);
        }

        if (Against(parse).Length > 1)
        {
            throw new UsageException($"--against is given {Against(parse).Length} times; only --per-utterance takes several");
        }

        return OutputFile.Of(
            ("-o", parse.GetValue(_output) ?? (anomalies is null ? "-" : null), OutputKind.Numbers),
            ("--anomalies", anomalies, OutputKind.Labels),
            ("--report", parse.GetValue(_report), OutputKind.Document));
    }

    protected override IReadOnlyList<ResultFile> Results(ParseResult parse)
    {
        string? output = parse.GetValue(_output);
        string? anomalies = _threshold.Anomalies(parse);
        return anomalies is null
            ? [new ResultFile(ResultKinds.LogDensity, output)]
            : ResultFile.Of((ResultKinds.LogDensity, output), (ResultKinds.Anomaly, anomalies));
    }

    protected override ResultRequest Request(ModelTask task, ParseResult parse)
    {
        GaussianMixture? background = Against(parse) is [string path] ? task.LoadBackground(path, Token) : null;
        ResultRequest request = new(ResultKinds.None) { Background = background };
        return _threshold.Read(parse) is { } threshold
            ? request with { Kinds = ResultKinds.Anomaly, Threshold = FindThreshold(task, background, threshold, parse) }
            : request;
    }

    /// <inheritdoc/>
    protected override string? Work(ModelTask task, ParseResult parse, CancellationToken cancellationToken)
    {
        if (parse.GetValue(_perUtterance))
        {
            return ScoreUtterances(task, parse, cancellationToken);
        }

        string? line = base.Work(task, parse, cancellationToken);
        string? report = parse.GetValue(_report);
        if (line is null || (report is null && !parse.GetValue(_criteria)))
        {
            return line;
        }

        // A pass of its own, because the files of the first pass need other results.
        MixtureCriteria criteria = task.Model.Criteria(task.Rows, task.Execution, cancellationToken);
        if (report is not null)
        {
            new OutputFile("--report", report, OutputKind.Document).Write(JsonText.Make(json => Write(json, task.Rows, criteria)));
        }

        return $"{line}\n{CriteriaText.Line(criteria)}";
    }

    private static void Write(Utf8JsonWriter json, IVectorSource rows, MixtureCriteria criteria)
    {
        // A pass has read the rows, so the source knows their number.
        double weight = rows.RowWeights.IsEmpty ? rows.RowCount!.Value : TensorPrimitives.Sum(rows.RowWeights.Span);
        json.WriteStartObject();
        json.WriteNumber("rows", rows.RowCount!.Value);
        if (weight != rows.RowCount)
        {
            json.WriteFinite("totalWeight", weight);
        }

        json.WriteFinite("totalLogLikelihood", criteria.LogLikelihood);
        json.WriteFinite("averageLogLikelihood", criteria.LogLikelihood / weight);
        CriteriaText.WritePenalized(json, criteria);
        json.WriteEndObject();
    }

    protected override string Describe(ModelTask task, ResultRequest request, in ResultSummary summary)
    {
        string what = request.Background is null ? "log-density" : "log-likelihood ratio";
        string weight = summary.TotalWeight == summary.Rows - summary.LeftOut ? ""
            : FormattableString.Invariant($" of total weight {summary.TotalWeight:G6}");
        string line = string.Create(
            CultureInfo.InvariantCulture,
            $"{summary.Rows} rows{weight}: average {what} {summary.AverageLogDensity:F6} nats, total {summary.TotalLogDensity:F4} nats");
        string anomalies = request.Has(ResultKinds.Anomaly)
            ? string.Create(CultureInfo.InvariantCulture, $", {summary.Anomalies} rows below {request.Threshold:F6} nats")
            : "";
        return line + anomalies + LeftOut(summary);
    }

    private string[] Against(ParseResult parse) => OptionFactory.Repeated(parse, _against) ?? [];

    private IEnumerable<OutputFile> UtteranceOutputs(ParseResult parse)
    {
        if (_threshold.Read(parse) is not null)
        {
            throw new UsageException("--per-utterance: utterances have no anomalies; leave out --threshold");
        }

        if (parse.GetValue(_criteria) || parse.GetValue(_report) is not null)
        {
            throw new UsageException("--per-utterance: criteria are those of all rows; leave out --criteria and --report");
        }

        string? output = parse.GetValue(_output);
        UtteranceTable.CheckPath(output);
        return OutputFile.Of(("-o", output ?? "-", OutputKind.Document));
    }

    private string ScoreUtterances(ModelTask task, ParseResult parse, CancellationToken cancellationToken)
    {
        string[] against = Against(parse);
        GaussianMixture[] backgrounds = [.. against.Select(path => task.LoadBackground(path, cancellationToken))];
        IVectorSource rows = UtteranceFile.WithKey(task.Rows, task.InputPath);
        IReadOnlyList<UtteranceScore> own = task.Model.ScoreUtterances(rows, null, task.Execution, cancellationToken);
        IReadOnlyList<UtteranceScore>[] scores = backgrounds.Length == 0 ? [own] : [.. backgrounds.Select(background =>
            own.Zip(
                background.ScoreUtterances(rows, null, task.Execution, cancellationToken),
                (score, other) => score with { Average = score.Average - other.Average }).ToArray())];
        string? output = parse.GetValue(_output);
        string text = UtteranceTable.Compose(output, against.Length == 0 ? ["average"] : against, scores);
        if (output is null or "-")
        {
            Console.Out.Write(text);
        }
        else
        {
            new OutputFile("-o", output, OutputKind.Document).Write(Encoding.UTF8.GetBytes(text));
        }

        return string.Create(CultureInfo.InvariantCulture, $"{own.Count} utterances, {own.Sum(score => score.RowCount)} frames");
    }

    private double FindThreshold(ModelTask task, GaussianMixture? background, Amount threshold, ParseResult parse)
    {
        if (!threshold.IsPercent)
        {
            return threshold.Value;
        }

        string path = _threshold.Training(parse)!;
        VectorFileOptions reading = task.Reading with { WeightColumn = null };
        using IVectorSource rows = InputVectors.Open([path], reading, null, ConsoleVerbosity.Silent);
        (task with { Rows = rows, InputPath = path }).RequireFullDimension();
        return GaussianMixtureAnomalies.LogDensityQuantile(
            task.Model, background, rows, threshold.Value / 100, task.Execution, Token);
    }
}
