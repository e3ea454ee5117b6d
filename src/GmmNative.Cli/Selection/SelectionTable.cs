using GmmNative.Cli.Output;
using GmmNative.Model;
using Spectre.Console;

namespace GmmNative.Cli.Selection;

/// <summary>The table of a selection, for a person.</summary>
internal static class SelectionTable
{
    /// <summary>Writes the table and the choice to standard output.</summary>
    public static void Write(IAnsiConsole console, ModelSelectionResult result)
    {
        bool hasHeldOut = result.Rows.Any(row => row.HeldOutLogLikelihood is not null);
        string[] numbers = ["K", "covariance", "log-likelihood", "parameters", "AIC", "BIC", "ICL"];
        Table table = Consoles.Table(
            ["", .. numbers, .. (ReadOnlySpan<string>)(hasHeldOut ? ["held out"] : []), "iterations", "seconds", "stopped"]);
        for (int column = 1; column < table.Columns.Count - 1; column++)
        {
            table.Columns[column].NoWrap();
            if (column != 2)
            {
                table.Columns[column].RightAligned();
            }
        }

        foreach (ModelSelectionRow row in result.Rows)
        {
            Style style = row == result.Best ? new Style(Color.Green) : row.Problem is null ? Style.Plain : new Style(Color.Yellow);
            table.AddRow(Cells(row, row == result.Best, hasHeldOut).Select(cell => new Text(cell, style)));
        }

        console.Write(table);
    }

    /// <summary>The name of a criterion on the command line and in reports.</summary>
    public static string NameOf(SelectionCriterion criterion) => criterion.ToString().ToLowerInvariant();

    private static IEnumerable<string> Cells(ModelSelectionRow row, bool isBest, bool hasHeldOut)
    {
        yield return isBest ? "*" : "";
        yield return $"{row.Components}";
        yield return CovarianceKindNames.Of(row.Covariance);
        yield return Number(row.Criteria?.LogLikelihood, "F2");
        yield return row.Criteria is { } criteria ? $"{criteria.Parameters}" : "";
        yield return Number(row.Criteria?.Aic, "F2");
        yield return Number(row.Criteria?.Bic, "F2");
        yield return Number(row.Criteria?.Icl, "F2");
        if (hasHeldOut)
        {
            yield return Number(row.HeldOutLogLikelihood, "F4");
        }

        yield return row.Criteria is null ? "" : $"{row.Iterations}";
        yield return Number(row.Elapsed.TotalSeconds, "F2");
        yield return row.Problem ?? (row.StopReason == StopReason.Converged ? "" : SelectionReport.NameOf(row.StopReason));
    }

    private static string Number(double? value, string format) =>
        value?.ToString(format, System.Globalization.CultureInfo.InvariantCulture) ?? "";
}
