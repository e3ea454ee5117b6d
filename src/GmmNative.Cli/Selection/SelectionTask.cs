using System.Diagnostics;
using GmmNative.Cli.Endings;
using GmmNative.Cli.Input;
using GmmNative.Cli.Options;
using GmmNative.Cli.Output;
using GmmNative.Cli.Training;
using GmmNative.Estimation;

namespace GmmNative.Cli.Selection;

/// <summary>One selection: opens the data, trains the grid, writes the files, and prints the table.</summary>
internal sealed class SelectionTask(SelectionSettings settings, Interruption interruption)
{
    /// <summary>Runs the selection.</summary>
    /// <returns>The exit code.</returns>
    public int Execute()
    {
        Stopwatch clock = Stopwatch.StartNew();
        using IVectorSource rows = InputVectors.Open(settings.Inputs, settings.Vectors, settings.RowWeights, settings.Verbosity);
        using IVectorSource? heldOut = settings.HeldOut is { } path ? OpenHeldOut(path, rows) : null;
        TimeSpan readTime = clock.Elapsed;
        CheckMemory(rows);
        SelectionProgress progress = new(settings);
        SelectionDelivery delivery = new(settings, progress, rows, readTime);
        interruption.Ending = delivery;
        ModelSelectionResult result = progress.Run(reports => settings.Selection.Fit(rows, heldOut, reports, interruption.Token));
        delivery.Write(result);
        SelectionTable.Write(Consoles.Output(), result);
        if (settings.Verbosity >= ConsoleVerbosity.Summary)
        {
            WriteSummary(result, rows.Dimension);
        }

        if (result.IsCancelled)
        {
            ErrorReport.WriteLine(delivery.Interrupted(result));
            return ExitCode.Interrupted;
        }

        return result.Best is not null ? ExitCode.Success : throw new GmmException(Unusable(result));
    }

    /// <summary>Opens the held-out rows, with the columns of the rows if those have names.</summary>
    private IVectorSource OpenHeldOut(string path, IVectorSource rows)
    {
        IVectorSource heldOut = InputVectors.Open(
            [path], settings.Vectors with { ColumnNames = settings.Vectors.Columns is null ? rows.ColumnNames : null }, null,
            settings.Verbosity);
        return heldOut.Dimension == rows.Dimension ? heldOut : throw new VectorDataException(
            $"--heldout {path}: its vectors have dimension {heldOut.Dimension}, but the others have dimension {rows.Dimension}.");
    }

    private void CheckMemory(IVectorSource rows)
    {
        ModelSelection selection = settings.Selection;
        int largest = selection.Components[^1];
        double more = 0;
        foreach (CovarianceKind kind in selection.Covariances)
        {
            CovarianceStructure structure = UsageException.Guard(() => selection.StructureOf(kind, rows.Dimension));
            double training = new TrainingMemory(structure, largest, rows.RowCount).Training(
                selection.Options.Execution, selection.Options.Start.Method ?? InitializationMethod.Auto);
            more = Math.Max(more, training);
        }

        MemoryCheck.Require(more, largest);
    }

    private void WriteSummary(ModelSelectionResult result, int dimension)
    {
        string weight = result.TotalWeight == result.RowCount ? ""
            : FormattableString.Invariant($" and total weight {result.TotalWeight:G6}");
        string backend = settings.Selection.Options.Execution.Backend!.Name;
        Console.Error.WriteLine(FormattableString.Invariant(
            $"{result.RowCount} rows of dimension {dimension}{weight}, {result.Rows.Count} models in {result.Elapsed.TotalSeconds:F2} s, ")
            + $"backend {backend}");
        if (result.Best is { } best)
        {
            string name = SelectionTable.NameOf(result.Criterion);
            Console.Error.WriteLine(FormattableString.Invariant(
                $"best by {name} ({best.ValueOf(result.Criterion):F4}): {result.Model}; model in {settings.Model.Path}"));
        }
    }

    private string Unusable(ModelSelectionResult result)
    {
        ModelSelectionRow first = result.Rows[0];
        string reason = first.Problem ?? $"it has no {SelectionTable.NameOf(result.Criterion)}";
        return $"none of the {result.Rows.Count} models can be chosen, so {settings.Model.Path} was not written; the first one "
            + $"(K = {first.Components}): {reason}; use fewer components or other columns, or give --variance-floor to accept "
            + "models at the floor.";
    }
}
