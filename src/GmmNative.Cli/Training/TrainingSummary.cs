using System.Diagnostics;

namespace GmmNative.Cli.Training;

/// <summary>What a person is told at the end of a training.</summary>
internal static class TrainingSummary
{
    public static void Write(TextWriter writer, GmmFitResult result, TrainingTimes times, string backend, string path)
    {
        GaussianMixture model = result.Model;
        string reason = result.StopReason switch
        {
            StopReason.Converged => "converged",
            StopReason.IterationLimit => "iteration limit",
            StopReason.Cancelled => "interrupted",
            _ => throw new UnreachableException($"No words for {result.StopReason}."),
        };
        Line(writer, $"{result.RowCount} rows of dimension {model.Dimension}, {Count(model.ComponentCount, "component")}, covariance {model.Structure}");
        string iterations = $"{Count(result.History.Count, "iteration")} ({reason})";
        string machine = $"backend {backend}, {Count(result.Diagnostics.Threads, "thread")}";
        Line(writer, $"{iterations} in {times.Em.TotalSeconds:F2} s, initialisation {times.Initialize.TotalSeconds:F2} s, {machine}");
        Line(writer, $"average log-likelihood {result.AverageLogLikelihood:F6} nats, model in {path}");
        foreach (string warning in result.Diagnostics.Warnings)
        {
            writer.WriteLine($"warning: {warning}");
        }
    }

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    private static void Line(TextWriter writer, FormattableString text) => writer.WriteLine(FormattableString.Invariant(text));
}
