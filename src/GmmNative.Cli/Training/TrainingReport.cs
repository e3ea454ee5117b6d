using System.Diagnostics;
using System.Text.Json;
using GmmNative.Cli.Output;

namespace GmmNative.Cli.Training;

/// <summary>The document of <c>--report</c>.</summary>
internal static class TrainingReport
{
    public static void Write(Utf8JsonWriter json, GmmFitResult result, TrainingTimes times, Precision precision, string backend)
    {
        GaussianMixture model = result.Model;
        json.WriteStartObject();
        json.WriteString("backend", backend);
        json.WriteNumber("threads", result.Diagnostics.Threads);
        json.WriteString("precision", precision == Precision.Single ? "single" : "double");
        json.WriteString("path", result.Diagnostics.Path);
        json.WriteString("pathReason", result.Diagnostics.PathReason);
        json.WriteString("acceleration", NameOf(result.Diagnostics.Acceleration));
        json.WriteString("accelerationReason", result.Diagnostics.AccelerationReason);
        WriteRows(json, result);
        json.WriteNumber("dimension", model.Dimension);
        json.WriteNumber("components", model.ComponentCount);
        json.WriteString("covariance", model.Structure.KindName);
        json.WriteNumber("iterations", result.History.Count);
        json.WriteString("stopReason", NameOf(result.StopReason));
        json.WriteFinite("totalLogLikelihood", result.TotalLogLikelihood);
        json.WriteFinite("averageLogLikelihood", result.AverageLogLikelihood);
        if (result.LowerBound is { } lowerBound)
        {
            json.WriteFinite("lowerBound", lowerBound);
        }

        CriteriaText.WriteObject(json, "criteria", result.Criteria);
        if (result.StartSeed is { } seed)
        {
            json.WriteNumber("startSeed", seed);
        }

        WriteHistory(json, result.History);
        json.WriteStartObject("seconds");
        json.WriteNumber("read", times.Read.TotalSeconds);
        json.WriteNumber("initialize", times.Initialize.TotalSeconds);
        json.WriteNumber("em", times.Em.TotalSeconds);
        json.WriteEndObject();
        using (Process process = Process.GetCurrentProcess())
        {
            json.WriteNumber("peakMemoryBytes", process.PeakWorkingSet64);
        }

        json.WriteStartArray("warnings");
        foreach (string warning in result.Diagnostics.Warnings)
        {
            json.WriteStringValue(warning);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRows(Utf8JsonWriter json, GmmFitResult result)
    {
        json.WriteNumber("rows", result.RowCount);
        if (result.TotalWeight != result.RowCount)
        {
            json.WriteFinite("totalWeight", result.TotalWeight);
        }

        if (result.Diagnostics.IncompleteRows > 0)
        {
            json.WriteNumber("rowsWithMissingValues", result.Diagnostics.IncompleteRows);
        }
    }

    private static void WriteHistory(Utf8JsonWriter json, IReadOnlyList<EmIteration> history)
    {
        json.WriteStartArray("history");
        foreach (EmIteration iteration in history)
        {
            json.WriteStartObject();
            json.WriteNumber("iteration", iteration.Iteration);
            json.WriteFinite("averageLogLikelihood", iteration.AverageLogLikelihood);
            json.WriteNumber("seconds", iteration.Elapsed.TotalSeconds);
            if (iteration.IsRejected)
            {
                json.WriteBoolean("rejected", true);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string NameOf(Acceleration acceleration) => acceleration switch
    {
        Acceleration.None => "none",
        Acceleration.Momentum => "momentum",
        Acceleration.Auto => "auto",
        _ => throw new UnreachableException($"No name for {acceleration}."),
    };

    /// <summary>The name of a stop reason.</summary>
    public static string NameOf(StopReason reason) => reason switch
    {
        StopReason.Converged => "converged",
        StopReason.IterationLimit => "iterationLimit",
        StopReason.Cancelled => "cancelled",
        StopReason.Fell => "fell",
        _ => throw new UnreachableException($"No name for {reason}."),
    };
}
