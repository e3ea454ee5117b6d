using System.Diagnostics;
using System.Text.Json;
using GmmNative.Cli.Output;
using GmmNative.Cli.Training;
using GmmNative.Model;

namespace GmmNative.Cli.Selection;

/// <summary>The document of <c>gmm select --report</c>.</summary>
internal static class SelectionReport
{
    /// <summary>Writes the document.</summary>
    /// <param name="json">The writer.</param>
    /// <param name="result">The table and the choice.</param>
    /// <param name="settings">The command line.</param>
    /// <param name="dimension">D.</param>
    /// <param name="readTime">The time to open the data.</param>
    public static void Write(
        Utf8JsonWriter json, ModelSelectionResult result, SelectionSettings settings, int dimension, TimeSpan readTime)
    {
        ExecutionOptions execution = settings.Selection.Options.Execution;
        json.WriteStartObject();
        json.WriteString("backend", execution.Backend!.Name);
        json.WriteNumber("threads", execution.Threads == 0 ? Environment.ProcessorCount : execution.Threads);
        json.WriteString("precision", execution.Precision == Precision.Single ? "single" : "double");
        json.WriteNumber("rows", result.RowCount);
        if (result.TotalWeight != result.RowCount)
        {
            json.WriteFinite("totalWeight", result.TotalWeight);
        }

        json.WriteNumber("dimension", dimension);
        json.WriteString("criterion", SelectionTable.NameOf(result.Criterion));
        json.WriteString("stopReason", result.IsCancelled ? "cancelled" : "completed");
        if (result.Best is { } best)
        {
            json.WriteStartObject("best");
            json.WriteNumber("components", best.Components);
            json.WriteString("covariance", CovarianceKindNames.Of(best.Covariance));
            json.WriteFinite(SelectionTable.NameOf(result.Criterion), best.ValueOf(result.Criterion));
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("best");
        }

        json.WriteStartArray("models");
        foreach (ModelSelectionRow row in result.Rows)
        {
            WriteRow(json, row, row == result.Best);
        }

        json.WriteEndArray();
        json.WriteStartObject("seconds");
        json.WriteNumber("read", readTime.TotalSeconds);
        json.WriteNumber("select", result.Elapsed.TotalSeconds);
        json.WriteEndObject();
        using (Process process = Process.GetCurrentProcess())
        {
            json.WriteNumber("peakMemoryBytes", process.PeakWorkingSet64);
        }

        json.WriteEndObject();
    }

    /// <summary>The name of a stop reason in reports; empty if there is none.</summary>
    public static string NameOf(StopReason? reason) => reason is { } known ? TrainingReport.NameOf(known) : "";

    private static void WriteRow(Utf8JsonWriter json, ModelSelectionRow row, bool isBest)
    {
        json.WriteStartObject();
        json.WriteNumber("components", row.Components);
        json.WriteString("covariance", CovarianceKindNames.Of(row.Covariance));
        json.WriteBoolean("chosen", isBest);
        if (row.Criteria is { } criteria)
        {
            CriteriaText.WriteMembers(json, criteria);
            json.WriteNumber("iterations", row.Iterations);
            json.WriteString("stopReason", NameOf(row.StopReason));
            json.WriteString("start", row.StartedFromSplit ? "split" : "fresh");
        }

        if (row.HeldOutLogLikelihood is { } heldOut)
        {
            json.WriteFinite("heldout", heldOut);
        }

        json.WriteNumber("seconds", row.Elapsed.TotalSeconds);
        if (row.Problem is { } problem)
        {
            json.WriteString("problem", problem);
        }

        json.WriteEndObject();
    }
}
