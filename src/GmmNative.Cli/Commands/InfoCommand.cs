using System.CommandLine;
using System.Text.Json;
using GmmNative.Cli.Endings;
using GmmNative.Cli.Input;
using GmmNative.Cli.Options;
using GmmNative.Cli.Output;
using GmmNative.Files.Models;
using Spectre.Console;

namespace GmmNative.Cli.Commands;

/// <summary><c>gmm info</c>: describes a model file.</summary>
internal sealed class InfoCommand : GmmCommand
{
    private const int HeaviestShown = 8;
    private const int LightestShown = 3;
    private const int CoordinatesShown = 4;
    private const int CoordinatesShownInNarrowTerminals = 2;
    private const int NarrowTerminal = 110;
    private const int BarLength = 8;
    private const int ColumnsShown = 20;

    private readonly Argument<string> _model = new("MODEL") { Description = "Model: .npz, .json or .gmm." };
    private readonly Option<bool> _json = new("--json") { Description = "Write JSON, with every component.", Arity = ArgumentArity.Zero };
    private readonly Option<int?> _dimension = OptionFactory.Number("--dimension", "D", "Dimension of a .gmm model.", 1, int.MaxValue);
    private readonly Option<int?> _components = OptionFactory.Number("-k", "K", "Number of components of a .gmm model.", 1, int.MaxValue);

    public InfoCommand()
        : base("info", "Describe a model.", "gmm info model.npz", "gmm info model.npz --json")
    {
        Add(_model);
        Add(_json);
        Add(_dimension);
        Add(_components);
        SetAction(Run);
    }

    private int Run(ParseResult parse)
    {
        string path = parse.GetRequiredValue(_model);
        ModelSummary summary = new(ModelInput.Load(path, parse.GetValue(_dimension), parse.GetValue(_components)));
        long bytes = new FileInfo(path).Length;
        if (parse.GetValue(_json))
        {
            JsonText.Print(json => Write(json, path, bytes, summary));
        }
        else
        {
            Show(Consoles.Output(), path, bytes, summary);
        }

        return ExitCode.Success;
    }

    private static void Write(Utf8JsonWriter json, string path, long bytes, ModelSummary summary)
    {
        GaussianMixture model = summary.Model;
        json.WriteStartObject();
        json.WriteString("file", path);
        json.WriteNumber("bytes", bytes);
        json.WriteNumber("components", model.ComponentCount);
        json.WriteNumber("dimension", model.Dimension);
        json.WriteString("covariance", model.Structure.KindName);
        json.WriteStartArray("blockSizes");
        foreach (int size in model.Structure.BlockSizes)
        {
            json.WriteNumberValue(size);
        }

        json.WriteEndArray();
        if (model.Columns is { } columns)
        {
            json.WriteStartArray("columns");
            foreach (string name in columns)
            {
                json.WriteStringValue(name);
            }

            json.WriteEndArray();
        }

        if (model.Variational is { } posterior)
        {
            json.WriteString("weightConcentrationPriorType", VariationalLayout.NameOf(posterior.WeightPrior));
        }

        CriteriaText.WriteObject(json, "criteria", model.TrainingCriteria);
        json.WriteStartArray("mixture");
        for (int k = 0; k < model.ComponentCount; k++)
        {
            WriteComponent(json, summary, k);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteComponent(Utf8JsonWriter json, ModelSummary summary, int k)
    {
        GaussianMixture model = summary.Model;
        json.WriteStartObject();
        json.WriteNumber("weight", model.Weights.Span[k]);
        if (model.Variational is { } posterior)
        {
            json.WriteNumber("meanPrecision", posterior.MeanPrecision.Span[k]);
            json.WriteNumber("degreesOfFreedom", posterior.Degrees(k));
        }

        json.WriteFinite("logDeterminant", summary.LogDeterminants[k]);
        json.WriteStartArray("mean");
        foreach (double value in model.Means.Span.Slice(k * model.Dimension, model.Dimension))
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
        json.WriteStartArray("standardDeviation");
        for (int d = 0; d < model.Dimension; d++)
        {
            json.WriteNumberValue(summary.StandardDeviations[k, d]);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Show(IAnsiConsole console, string path, long bytes, ModelSummary summary)
    {
        GaussianMixture model = summary.Model;
        double[] weights = model.Weights.ToArray();
        IEnumerable<double> deviations = summary.StandardDeviations.Cast<double>();
        Grid facts = new();
        facts.AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn();
        AddFact(facts, "file", $"{path}, {bytes:N0} bytes");
        AddFact(facts, "components (K)", $"{model.ComponentCount}");
        AddFact(facts, "dimension (D)", $"{model.Dimension}");
        AddFact(facts, "covariance", model.Structure.ToString());
        if (model.Columns is { } columns)
        {
            AddFact(facts, "columns", string.Join(", ", columns.Take(ColumnsShown)) + (columns.Count > ColumnsShown ? ", ..." : ""));
        }

        if (model.Variational is { } posterior)
        {
            AddFact(facts, "variational", VariationalLayout.NameOf(posterior.WeightPrior));
        }

        AddFact(facts, "weights", $"{weights.Min():G4} to {weights.Max():G4}");
        AddFact(facts, "standard deviations", $"{deviations.Min():G4} to {deviations.Max():G4}");
        AddFact(facts, "log-determinants", $"{summary.LogDeterminants.Min():G5} to {summary.LogDeterminants.Max():G5}");
        if (model.TrainingCriteria is { } criteria)
        {
            AddFact(facts, "log-likelihood", $"{criteria.LogLikelihood:F4} nats for the training rows");
            AddFact(facts, "criteria", CriteriaText.Line(criteria));
        }

        console.Write(facts);

        ShowComponents(console, summary);
    }

    private static void ShowComponents(IAnsiConsole console, ModelSummary summary)
    {
        GaussianMixture model = summary.Model;
        int limit = console.Profile.Width < NarrowTerminal ? CoordinatesShownInNarrowTerminals : CoordinatesShown;
        int coordinates = Math.Min(limit, model.Dimension);
        string suffix = coordinates == model.Dimension ? ""
            : coordinates == 1 ? ", first coordinate" : $", first {coordinates} coordinates";

        // Bars are for people: a redirected table, which programs may read, has none.
        bool hasBars = !Console.IsOutputRedirected;
        Table table = Consoles.Table(
            ["component", "weight", .. hasBars ? (string[])[""] : [], "log-det", $"mean{suffix}", "standard deviation"]);
        table.Columns[0].RightAligned();
        table.Columns[1].RightAligned();
        table.Columns[hasBars ? 3 : 2].RightAligned();
        int[] order = summary.ByWeight;
        bool isComplete = order.Length <= HeaviestShown + LightestShown;
        foreach (int k in isComplete ? order : order[..HeaviestShown])
        {
            AddComponent(table, summary, k, coordinates, hasBars);
        }

        if (!isComplete)
        {
            table.AddRow([.. table.Columns.Select(_ => new Text("..."))]);
            foreach (int k in order[^LightestShown..])
            {
                AddComponent(table, summary, k, coordinates, hasBars);
            }
        }

        console.Write(table);
        if (!isComplete)
        {
            console.WriteLine(
                $"the {HeaviestShown} heaviest and the {LightestShown} lightest of {order.Length} components; --json lists all");
        }
    }

    private static void AddComponent(Table table, ModelSummary summary, int k, int coordinates, bool hasBars)
    {
        GaussianMixture model = summary.Model;
        double weight = model.Weights.Span[k];
        double largest = model.Weights.Span[summary.ByWeight[0]];
        List<Text> cells = [new Text($"{k}"), new Text(Invariant($"{weight:F4}"))];
        if (hasBars)
        {
            cells.Add(new Text(Bar(weight / largest), Color.Blue));
        }

        cells.Add(new Text(Invariant($"{summary.LogDeterminants[k]:F2}")));
        cells.Add(new Text(List(d => model.Means.Span[(k * model.Dimension) + d], coordinates)));
        cells.Add(new Text(List(d => summary.StandardDeviations[k, d], coordinates)));
        table.AddRow(cells);
    }

    // A bar of block characters, which divide a cell into eighths.
    private static string Bar(double share)
    {
        int eighths = (int)Math.Round(share * BarLength * 8);
        string rest = eighths % 8 == 0 ? "" : $"{(char)('\u2590' - (eighths % 8))}";
        return new string('\u2588', eighths / 8) + rest;
    }

    private static void AddFact(Grid facts, string name, FormattableString value) =>
        AddFact(facts, name, FormattableString.Invariant(value));

    private static void AddFact(Grid facts, string name, string value) => facts.AddRow(new Text(name, Color.Grey), new Text(value));

    private static string List(Func<int, double> value, int count) =>
        string.Join(' ', Enumerable.Range(0, count).Select(d => Invariant($"{value(d):G4}")));

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
