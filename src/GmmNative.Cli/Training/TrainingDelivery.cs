using GmmNative.Cli.Endings;
using GmmNative.Cli.Output;
using GmmNative.Files.Output;

namespace GmmNative.Cli.Training;

/// <summary>
/// Writes the results of a training. Normally the command's thread writes them. After a signal, the main thread may write the last complete
/// model instead. Each file is written once, by the first thread that reaches it. Thread-safe.
/// </summary>
internal sealed class TrainingDelivery(TrainingSettings settings, TrainingRecorder recorder, TrainingDisplay display, TimeSpan readTime)
    : IEnding
{
    private readonly Lock _writing = new();
    private GmmFitResult? _delivered;
    private bool _ended;

    /// <summary>Returns the durations of the parts of the training.</summary>
    public TrainingTimes TimesOf(GmmFitResult result) => new(readTime, result.InitializationTime, result.EmTime);

    /// <summary>Writes the model, before any step that could fail.</summary>
    /// <exception cref="OperationCanceledException">The program is ending and has already written the available results.</exception>
    public void WriteModel(GmmFitResult result)
    {
        lock (_writing)
        {
            ThrowIfEnded();
            SaveModel(result);
        }
    }

    /// <summary>Writes the report, the last file.</summary>
    /// <exception cref="OperationCanceledException">The program is ending and has already written the available results.</exception>
    public void WriteReport(GmmFitResult result)
    {
        lock (_writing)
        {
            ThrowIfEnded();
            SaveReport(result);
            _ended = true;
        }
    }

    /// <inheritdoc/>
    public void Begin()
    {
        // Nothing to do: the iterations check the cancellation token, and the command then writes its results.
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

            // Removes partially written posteriors.
            TemporaryFile.AbandonAll();
            display.Leave();
            try
            {
                return SaveLast();
            }
            catch (Exception e)
            {
                return ErrorReport.Write(e, "train");
            }
        }
    }

    /// <summary>The message that names the written model.</summary>
    public string Interrupted(int iterations) =>
        $"interrupted: the model after iteration {iterations} was written to {settings.Model.Path}";

    private int SaveLast()
    {
        if ((_delivered ?? Unfinished()) is not { } result)
        {
            DroppedOutputs.WriteLastLine(ErrorReport.NothingWritten);
            return ExitCode.Interrupted;
        }

        if (_delivered is null)
        {
            SaveModel(result);
        }

        SaveReport(result with { StopReason = StopReason.Cancelled });
        string posterior = settings.Posterior is null ? "" : "; --posterior was not written";
        DroppedOutputs.WriteLastLine($"{Interrupted(result.History.Count)}{posterior}.");
        return ExitCode.Interrupted;
    }

    /// <summary>
    /// The result of a training that is still inside an iteration, or <see langword="null"/> before the first complete one.
    /// </summary>
    private GmmFitResult? Unfinished()
    {
        if (recorder.Last() is not var (model, history))
        {
            return null;
        }

        // The model is the update of the last accepted iteration. The first iteration is always accepted.
        ExecutionOptions execution = settings.Options.Execution;
        return new GmmFitResult
        {
            Model = model,
            TotalLogLikelihood = history.Last(iteration => !iteration.IsRejected).TotalLogLikelihood,
            RowCount = history[^1].Rows,
            TotalWeight = history[^1].TotalWeight,
            History = history,
            StopReason = StopReason.Cancelled,
            InitializationTime = recorder.InitializationTime,
            EmTime = recorder.EmTime,
            Diagnostics = new GmmDiagnostics
            {
                Backend = execution.Backend!.Description,
                BackendReason = "requested",
                Threads = execution.Threads == 0 ? Environment.ProcessorCount : execution.Threads,
                Path = "unknown",
                PathReason = "ended within an iteration",
                Acceleration = settings.Options.Acceleration,
                AccelerationReason = "ended within an iteration",
                CenteredShare = 0,
                EmptyComponents = [],
                WeightFlooredComponents = [],
                VarianceFlooredComponents = [],
                EigenvalueFlooredComponents = [],
                EqualComponents = [],
                Warnings = [],
            },
        };
    }

    private void SaveModel(GmmFitResult result)
    {
        ModelFile.Save(result.Model, settings.Model.Path);
        _delivered = result;
    }

    private void SaveReport(GmmFitResult result) => settings.Report?.Write(JsonText.Make(json => TrainingReport.Write(
        json, result, TimesOf(result), settings.Options.Execution.Precision, settings.Options.Execution.Backend!.Name)));

    private void ThrowIfEnded()
    {
        if (_ended)
        {
            throw new OperationCanceledException();
        }
    }
}
