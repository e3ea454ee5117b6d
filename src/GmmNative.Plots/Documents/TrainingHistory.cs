namespace GmmNative.Plots.Documents;

/// <summary>The course of a training.</summary>
/// <param name="Name">The name of the training, for the legend.</param>
/// <param name="Iterations">The numbers of the iterations.</param>
/// <param name="Values">The average log-likelihood of each iteration, in nats per row.</param>
/// <param name="StopReason">Why the training ended, in a few words, or an empty text.</param>
internal sealed record TrainingHistory(
    string Name, IReadOnlyList<double> Iterations, IReadOnlyList<double> Values, string StopReason)
{
    /// <summary>The history of a result.</summary>
    public static TrainingHistory Of(GmmFitResult result) => Create(
        "",
        result.History.Select(iteration => ((double)iteration.Iteration, iteration.AverageLogLikelihood)),
        Describe(JsonName(result.StopReason)));

    /// <summary>Reads the report of <c>gmm train</c>.</summary>
    /// <exception cref="GmmException">The file cannot be read, or it is not such a report.</exception>
    public static TrainingHistory Read(string path)
    {
        TrainingHistory history = ReportFile.Read(path, "a report of gmm train", document =>
            ReportFile.Objects(document, "history") is not { } list ? null : Create(
                Path.GetFileName(path),
                list.Select(item => (ReportFile.Number(item, "iteration"), ReportFile.Number(item, "averageLogLikelihood"))),
                Describe(ReportFile.Text(document, "stopReason"))));
        return history.Values.Count > 0 ? history : throw new GmmException($"{path}: the report has no iteration to draw.");
    }

    // A log-likelihood that was not finite is null in a report.
    private static TrainingHistory Create(string name, IEnumerable<(double Iteration, double Value)> points, string stopReason)
    {
        (double Iteration, double Value)[] known = [.. points.Where(p => double.IsFinite(p.Iteration) && double.IsFinite(p.Value))];
        return new TrainingHistory(name, [.. known.Select(p => p.Iteration)], [.. known.Select(p => p.Value)], stopReason);
    }

    private static string JsonName(StopReason reason) => char.ToLowerInvariant($"{reason}"[0]) + $"{reason}"[1..];

    private static string Describe(string stopReason) => stopReason switch
    {
        "converged" => "converged",
        "iterationLimit" => "stopped by the limit of iterations",
        "cancelled" => "canceled",
        "fell" => "stopped because the log-likelihood fell",
        _ => "",
    };
}
