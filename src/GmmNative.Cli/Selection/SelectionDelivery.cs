using GmmNative.Cli.Endings;
using GmmNative.Cli.Output;
using GmmNative.Files.Output;

namespace GmmNative.Cli.Selection;

/// <summary>
/// Writes the results of a selection. Normally the command's thread writes them. After a signal, the main thread may write the complete
/// rows instead. The files are written once. Thread-safe.
/// </summary>
/// <param name="settings">The command line.</param>
/// <param name="progress">Records the complete rows.</param>
/// <param name="rows">The data.</param>
/// <param name="readTime">The time to open the data.</param>
internal sealed class SelectionDelivery(
    SelectionSettings settings, SelectionProgress progress, IVectorSource rows, TimeSpan readTime) : IEnding
{
    private readonly Lock _writing = new();
    private bool _ended;

    /// <summary>Writes the model and the report.</summary>
    /// <exception cref="OperationCanceledException">The program is ending and has already written the available results.</exception>
    public void Write(ModelSelectionResult result)
    {
        lock (_writing)
        {
            if (_ended)
            {
                throw new OperationCanceledException();
            }

            Save(result);
            _ended = true;
        }
    }

    /// <inheritdoc/>
    public void Begin()
    {
        // Nothing to do: the trainings check the cancellation token, and the command then writes its results.
    }

    /// <inheritdoc/>
    public int Finish()
    {
        lock (_writing)
        {
            if (_ended)
            {
                return ExitCode.Interrupted;
            }

            _ended = true;
            TemporaryFile.AbandonAll();
            progress.Leave();
            try
            {
                if (progress.Complete(rows) is not { } result)
                {
                    DroppedOutputs.WriteLastLine(ErrorReport.NothingWritten);
                    return ExitCode.Interrupted;
                }

                Save(result);
                DroppedOutputs.InTime(() => SelectionTable.Write(Consoles.Output(), result));
                DroppedOutputs.WriteLastLine(Interrupted(result));
                return ExitCode.Interrupted;
            }
            catch (Exception e)
            {
                return ErrorReport.Write(e, "select");
            }
        }
    }

    /// <summary>The message after an interruption.</summary>
    public string Interrupted(ModelSelectionResult result)
    {
        int all = settings.Selection.Components.Count * settings.Selection.Covariances.Count;
        string written = result.Best is null ? "none of them can be chosen, so no model was written"
            : $"the best of them was written to {settings.Model.Path}";
        return $"interrupted: {result.Rows.Count} of {all} models were complete; {written}.";
    }

    private void Save(ModelSelectionResult result)
    {
        if (result.Model is { } model)
        {
            ModelFile.Save(model, settings.Model.Path);
        }

        settings.Report?.Write(JsonText.Make(json => SelectionReport.Write(json, result, settings, rows.Dimension, readTime)));
    }
}
