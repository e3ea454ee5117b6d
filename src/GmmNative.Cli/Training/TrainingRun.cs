using System.Diagnostics;
using CommunityToolkit.HighPerformance;
using GmmNative.Cli.Endings;
using GmmNative.Cli.Input;
using GmmNative.Cli.Options;
using GmmNative.Cli.Output;
using GmmNative.Estimation;
using GmmNative.Scoring.Results;

namespace GmmNative.Cli.Training;

/// <summary>One training: opens the data, makes the starting model, runs EM, writes the files, and reports the outcome.</summary>
internal sealed class TrainingRun(TrainingSettings settings, Interruption interruption)
{
    private readonly Stopwatch _clock = new();

    /// <summary>Trains.</summary>
    /// <returns>The exit code.</returns>
    public int Execute()
    {
        _clock.Restart();
        GaussianMixture? ubm = StartingModel.LoadNamed(settings.Ubm);
        bool startsFromUbm = settings.InitialModel == settings.Ubm;
        GaussianMixture? start = startsFromUbm ? ubm : StartingModel.LoadNamed(settings.InitialModel);
        using IVectorSource rows = InputVectors.Open(
            settings.Inputs, settings.Vectors with { ColumnNames = ubm?.Columns ?? start?.Columns }, settings.RowWeights,
            settings.Verbosity);
        TimeSpan readTime = _clock.Elapsed;

        int? wanted = settings.Components;
        string startOption = startsFromUbm ? "--ubm" : "--init";
        ubm = settings.Ubm is { } ubmPath ? StartingModel.Load("--ubm", ubmPath, ubm, rows.Dimension, wanted, fewerSuffice: false) : null;
        start = settings.InitialModel is not { } path ? null
            : startsFromUbm ? ubm
            : StartingModel.Load(startOption, path, start, rows.Dimension, wanted ?? ubm?.ComponentCount, fewerSuffice: true);
        ReadOnlyMemory2D<double>? posteriors =
            settings.InitialPosterior is { } posterior ? TrainingArrays.ReadPosteriors(posterior) : (ReadOnlyMemory2D<double>?)null;
        int componentCount = wanted ?? ubm?.ComponentCount ?? start?.ComponentCount ?? posteriors!.Value.Width;
        if (posteriors is { } given)
        {
            TrainingArrays.CheckPosteriors(given, rows, componentCount, settings.InitialPosterior!);
        }

        CovarianceStructure structure = Structure(rows.Dimension, ubm ?? start);
        ubm = ubm is null ? null : StartingModel.Conform(ubm, structure, "--ubm", settings.Ubm!);
        start = start is null ? null : StartingModel.Conform(start, structure, startOption, settings.InitialModel!);
        start = start is null ? null : StartingModel.Order(start, ubm, startOption, settings.InitialModel!);

        bool makesStart = start is null && posteriors is null && (ubm is null || settings.Options.Start.IsMethodGiven);
        InitializationMethod method = settings.Options.Start.Method ?? InitializationMethod.Auto;
        CheckMemory(componentCount, structure, rows, makesStart ? method : null);
        GmmPriorOptions prior = Prior(structure, ubm);
        GaussianMixtureTrainer trainer = UsageException.Guard(() => Trainer(componentCount, structure, prior, posteriors));
        TrainingRecorder recorder = new();
        TrainingDisplay display = TrainingDisplay.For(settings.Verbosity);
        TrainingDelivery delivery = new(settings, recorder, display, readTime);
        interruption.Ending = delivery;
        GmmFitResult result = display.Run(
            progress => trainer.Fit(rows, start, returnPosterior: false, recorder.Before(progress), cancellationToken: interruption.Token));
        return Finish(result, rows, delivery);
    }

    private CovarianceStructure Structure(int dimension, GaussianMixture? model)
    {
        CovarianceKind kind = settings.Covariance ?? model?.Structure.Kind ?? CovarianceKind.Diagonal;
        IReadOnlyList<int>? blockSizes = settings.BlockSizes ?? (settings.Covariance is null ? model?.Structure.BlockSizes : null);
        try
        {
            return UsageException.Guard(() => new CovarianceStructure(kind, dimension, blockSizes));
        }
        catch (UsageException e)
        {
            throw new UsageException($"--block-size: {e.Message}", e);
        }
    }

    // Without this check, a number of components with a few zeros too many would fill the memory until the system kills the process
    // silently.
    private void CheckMemory(int componentCount, CovarianceStructure structure, IVectorSource rows, InitializationMethod? start)
    {
        TrainingMemory memory = new(structure, componentCount, rows.RowCount);
        ExecutionOptions execution = settings.Options.Execution;
        double weights = 3.0 * sizeof(double) * rows.RowWeights.Length;
        double contenders = (settings.Options.Start.Restarts - 1) * memory.ModelBytes;
        double training = memory.Training(execution, start) + contenders + weights
            + (settings.Options.Prior.Variational is null ? 0 : memory.VariationalBytes);
        double more = Math.Max(training, settings.Posterior is null ? 0 : memory.Posteriors(execution));
        MemoryCheck.Require(more, componentCount);
    }

    private GmmPriorOptions Prior(CovarianceStructure structure, GaussianMixture? ubm) => settings.Options.Prior with
    {
        Ubm = ubm,
        Variational = settings.Options.Prior.Variational is { } variational
            ? TrainingArrays.ReadPriors(variational, settings, structure) : null,
    };

    private GaussianMixtureTrainer Trainer(
        int componentCount, CovarianceStructure structure, GmmPriorOptions prior, ReadOnlyMemory2D<double>? posteriors) =>
        new(componentCount, settings.Options with
        {
            Covariance = settings.Options.Covariance with { Kind = structure.Kind, BlockSizes = structure.BlockSizes },
            Prior = prior,
            Start = settings.Options.Start with { Posteriors = posteriors },

            // The display replaces the log of the trainer, and also needs the progress within iterations.
            Verbose = Verbosity.Progress,
            Log = TextWriter.Null,
        });

    /// <summary>Writes the model first, because later steps may fail or take long.</summary>
    private int Finish(GmmFitResult result, IVectorSource rows, TrainingDelivery delivery)
    {
        delivery.WriteModel(result);
        bool posterior = settings.Posterior is null || WritePosterior(result, rows);
        if (interruption.Token.IsCancellationRequested)
        {
            result = result with { StopReason = StopReason.Cancelled };
        }

        delivery.WriteReport(result);
        if (settings.Verbosity >= ConsoleVerbosity.Summary)
        {
            string backend = settings.Options.Execution.Backend!.Name;
            TrainingSummary.Write(Console.Error, result, delivery.TimesOf(result), backend, settings.Model.Path);
        }

        if (!interruption.Token.IsCancellationRequested)
        {
            return ExitCode.Success;
        }

        ErrorReport.WriteLine($"{delivery.Interrupted(result.History.Count)}{(posterior ? "" : "; --posterior was not written")}.");
        return ExitCode.Interrupted;
    }

    /// <summary>Writes the posteriors under the trained model, unless the training was interrupted.</summary>
    /// <returns>Whether they were written.</returns>
    private bool WritePosterior(GmmFitResult result, IVectorSource rows)
    {
        if (result.StopReason == StopReason.Cancelled)
        {
            return false;
        }

        try
        {
            ResultFile file = new(ResultKinds.Posteriors, settings.Posterior!.Path);
            ResultRequest request = new(ResultKinds.None);
            ResultWriter.Write(result.Model, rows, request, [file], settings.Options.Execution, interruption.Token);
            return true;
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            return false;
        }
    }
}
