using System.Text.Json;

namespace GmmNative.Plots.Documents;

/// <summary>The report of <c>gmm select</c>.</summary>
/// <param name="Criterion">The criterion of the choice.</param>
/// <param name="Models">The models.</param>
internal sealed record SelectionReport(string Criterion, IReadOnlyList<SelectionPoint> Models)
{
    /// <summary>The names of the criteria in reports.</summary>
    public static readonly IReadOnlyList<string> Criteria = ["bic", "aic", "icl", "heldout"];

    /// <summary>The labels of the criteria.</summary>
    public static readonly IReadOnlyList<string> Labels =
        ["BIC (lower is better)", "AIC (lower is better)", "ICL (lower is better)", "held-out (higher is better)"];

    /// <summary>The name of the criterion of the choice in texts.</summary>
    public string CriterionText => Criterion == "heldout" ? "held-out log-likelihood" : Criterion.ToUpperInvariant();

    /// <summary>Reads a report.</summary>
    /// <exception cref="GmmException">The file cannot be read, or it is not such a report.</exception>
    public static SelectionReport Read(string path)
    {
        SelectionReport report = ReportFile.Read(path, "a report of gmm select", document =>
            ReportFile.Objects(document, "models") is not { } list ? null
                : new SelectionReport(ReportFile.Text(document, "criterion"), [.. list.Select(ReadModel).OfType<SelectionPoint>()]));
        return report.Models.Any(model => model.Values.Any(double.IsFinite))
            ? report : throw new GmmException($"{path}: the report has no model with a criterion to draw.");
    }

    /// <summary>The criteria that a model has, by their place in <see cref="Criteria"/>; that of the choice is the first.</summary>
    public IEnumerable<int> Known() => Enumerable.Range(0, Criteria.Count)
        .Where(i => Models.Any(model => double.IsFinite(model.Values[i])))
        .OrderByDescending(i => Criteria[i] == Criterion);

    private static SelectionPoint? ReadModel(JsonElement item)
    {
        double components = ReportFile.Number(item, "components");
        return double.IsNaN(components) ? null : new SelectionPoint(
            components,
            ReportFile.Text(item, "covariance"),
            item.TryGetProperty("chosen", out JsonElement chosen) && chosen.ValueKind == JsonValueKind.True,
            ReportFile.Text(item, "problem").Length == 0,
            [.. Criteria.Select(name => ReportFile.Number(item, name))]);
    }
}
