using System.Diagnostics;
using GmmNative.Cli.Output;

namespace GmmNative.Cli.Training;

/// <summary>The summary at the end of a training.</summary>
internal static class TrainingSummary
{
    public static void Write(TextWriter writer, GmmFitResult result, TrainingTimes times, string backend, string path)
    {
        GaussianMixture model = result.Model;
        string reason = result.StopReason switch
        {
            StopReason.Converged => "converged",
            StopReason.IterationLimit => $"iteration limit{LastGain(result)}",
            StopReason.Cancelled => "interrupted",
            StopReason.Fell => result.LowerBound is null ? "the log-likelihood fell" : "the lower bound fell",
            _ => throw new UnreachableException($"No words for {result.StopReason}."),
        };
        string components = Count(model.ComponentCount, "component");
        string weight = result.TotalWeight == result.RowCount ? ""
            : FormattableString.Invariant($" and total weight {result.TotalWeight:G6}");
        Line(writer, $"{result.RowCount} rows of dimension {model.Dimension}{weight}, {components}, covariance {model.Structure}");
        string iterations = $"{Count(result.History.Count, "iteration")} ({reason})";
        string start = result.Options.Start.Restarts > 1 ? $" from seed {result.StartSeed}" : "";
        string machine = $"backend {backend}, {Count(result.Diagnostics.Threads, "thread")}";
        string initialization = FormattableString.Invariant($"initialization {times.Initialize.TotalSeconds:F2} s{start}");
        Line(writer, $"{iterations} in {times.Em.TotalSeconds:F2} s, {initialization}, {machine}");
        string bound = result.LowerBound is { } lowerBound ? FormattableString.Invariant($", lower bound {lowerBound:F4}") : "";
        Line(writer, $"average log-likelihood {result.AverageLogLikelihood:F6} nats{bound}, model in {path}");
        if (result.Criteria is { } criteria)
        {
            writer.WriteLine(CriteriaText.Line(criteria));
        }

        foreach (string warning in result.Diagnostics.Warnings)
        {
            writer.WriteLine($"warning: {warning}");
        }
    }

    /// <summary>The gain of the last iteration, which shows whether more iterations would be worthwhile.</summary>
    private static string LastGain(GmmFitResult result) => result.History.Count < 2 ? ""
        : FormattableString.Invariant(
            $"; the last one gained {result.History[^1].AverageLogLikelihood - result.History[^2].AverageLogLikelihood:G2} nats per row");

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    private static void Line(TextWriter writer, FormattableString text) => writer.WriteLine(FormattableString.Invariant(text));
}
