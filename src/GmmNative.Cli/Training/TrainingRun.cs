using System.Diagnostics;
using GmmNative.Cli.Output;

namespace GmmNative.Cli.Training;

/// <summary>One training: opens the data, finds the starting model, runs EM, writes the files, tells what happened.</summary>
internal sealed class TrainingRun(TrainingSettings settings)
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
        IVectorSource rows = InputVectors.Open(
            settings.Inputs, settings.Vectors with { ColumnNames = ubm?.Columns ?? start?.Columns }, settings.Loudness);
        using IDisposable? opened = rows as IDisposable;
        TimeSpan readTime = _clock.Elapsed;

        int? wanted = settings.Components;
        string startOption = startsFromUbm ? "--ubm" : "--init";
        ubm = settings.Ubm is { } ubmPath ? StartingModel.Load("--ubm", ubmPath, ubm, rows.Dimension, wanted) : null;
        start = settings.InitialModel is not { } path ? null
            : startsFromUbm ? ubm
            : StartingModel.Load(startOption, path, start, rows.Dimension, wanted ?? ubm?.ComponentCount);
        int componentCount = wanted ?? ubm?.ComponentCount ?? start!.ComponentCount;
        CovarianceStructure structure = Structure(rows.Dimension, ubm ?? start);
        ubm = ubm is null ? null : StartingModel.Conform(ubm, structure, "--ubm", settings.Ubm!);
        start = start is null ? null : StartingModel.Conform(start, structure, startOption, settings.InitialModel!);
        start = start is null ? null : StartingModel.Order(start, ubm, startOption, settings.InitialModel!);

        CheckMemory(componentCount, structure);
        GaussianMixtureTrainer trainer = UsageException.Guard(() => Trainer(componentCount, structure, ubm));
        using Interruption interruption = new();
        GmmFitResult result = TrainingDisplay.For(settings.Loudness).Run(
            progress => trainer.Fit(rows, start, settings.Posterior is not null, progress, interruption.Token));
        return Finish(result, new TrainingTimes(readTime, result.InitializationTime, result.EmTime));
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

    // A number of components with some zeros too many would otherwise fill the memory until the system ends the process, without a word.
    private static void CheckMemory(int componentCount, CovarianceStructure structure)
    {
        // The model, the form of it that rows are multiplied by, and the statistics: there is nothing that needs less.
        const double Copies = 3;
        double needed = Copies * sizeof(double) * componentCount * (1.0 + structure.Dimension + structure.CovarianceSize);
        double available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (needed > available)
        {
            throw new GmmException(FormattableString.Invariant(
                $"-k {componentCount}: that many components need at least {needed / 1e9:F1} GB, this machine has {available / 1e9:F1} GB; use fewer."));
        }
    }

    private GaussianMixtureTrainer Trainer(int componentCount, CovarianceStructure structure, GaussianMixture? ubm) =>
        new(componentCount, settings.Options with
        {
            Covariance = structure.Kind,
            BlockSizes = structure.BlockSizes,
            Ubm = ubm,

            // The display shows what the trainer would write, and also wants news from within iterations.
            Verbose = Verbosity.Progress,
            Log = TextWriter.Null,
        });

    private int Finish(GmmFitResult result, TrainingTimes times)
    {
        ModelFile.Save(result.Model, settings.Model.Path);
        if (settings.Posterior is { } posterior && result.Posterior is { } values)
        {
            ArrayFile.Write(posterior.Path, values);
        }

        string backend = settings.Options.Execution.Backend!.Name;
        settings.Report?.Write(JsonText.Make(json => TrainingReport.Write(json, result, times, settings.Options.Execution.Precision, backend)));
        if (settings.Loudness >= Options.Loudness.Summary)
        {
            TrainingSummary.Write(Console.Error, result, times, backend, settings.Model.Path);
        }

        if (result.StopReason != StopReason.Cancelled)
        {
            return ExitCode.Success;
        }

        string left = settings.Posterior is not null && result.Posterior is null ? "; --posterior was not computed" : "";
        ErrorReport.WriteLine($"interrupted: the model after iteration {result.History.Count} was written to {settings.Model.Path}{left}.");
        return ExitCode.Interrupted;
    }
}
