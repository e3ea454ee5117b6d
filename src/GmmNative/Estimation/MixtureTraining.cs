using System.Diagnostics;
using GmmNative.Estimation.Diagnostics;
using GmmNative.Estimation.Options;
using GmmNative.Estimation.Selection;
using GmmNative.Estimation.Steps;
using GmmNative.Estimation.Variational;
using GmmNative.Execution;
using GmmNative.Initialization;
using GmmNative.Initialization.Responsibilities;
using GmmNative.Maximization;
using GmmNative.Maximization.Priors;
using GmmNative.Maximization.Variational;
using GmmNative.Passes;
using GmmNative.Reporting;
using Microsoft.Extensions.Logging;

namespace GmmNative.Estimation;

/// <summary>Runs a training with resolved options: computes a start, runs EM, collects diagnostics. Immutable.</summary>
/// <param name="components">K.</param>
/// <param name="structure">The structure of the covariances.</param>
/// <param name="options">The options.</param>
/// <param name="given">The options as given, including the receivers of reports.</param>
internal sealed class MixtureTraining(
    int components, CovarianceStructure structure, ResolvedOptions options, GmmOptions given)
{
    /// <summary>Computes a starting model.</summary>
    /// <param name="rows">T x D.</param>
    /// <param name="start">Makes the start.</param>
    /// <param name="progress">Receives each iteration.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    public GaussianMixture FindStart(
        IVectorSource rows, Func<InitializationContext, IStart> start, IProgress<EmIteration>? progress,
        CancellationToken cancellationToken)
    {
        ExecutionPlan execution = ExecutionPlan.From(options.Execution);
        rows = rows.WithMissingValues(given.MissingValues ?? rows.MissingValues);
        TrainingData data = TrainingData.Of(rows, execution, cancellationToken);
        TrainingProgress channel = new(progress, given.Verbose, given.Log, data.Rows.RowCount, given.Logger);
        return start(CreateContext(data, execution, channel, cancellationToken)).Run().WithColumns(rows.ColumnNames);
    }

    /// <summary>Creates the inputs of starts and steps for prepared data.</summary>
    public InitializationContext CreateContext(
        TrainingData data, ExecutionPlan execution, TrainingProgress progress, CancellationToken cancellationToken) => new()
        {
            Data = data,
            Scaling = new RowScaling(data.Summary, options.StartDistances),
            Structure = structure,
            Components = components,
            Execution = execution,
            Maximization = UpdateSettings.For(options, data.Summary, execution, cancellationToken),
            Random = new Random(options.Seed),
            Progress = progress,
            CancellationToken = cancellationToken,
        };

    /// <summary>Runs EM.</summary>
    /// <param name="rows">T x D. The rows are read once, and once more per iteration.</param>
    /// <param name="start">The starting model, or <see langword="null"/> to compute a start as the options specify.</param>
    /// <param name="returnPosterior">Whether to compute the T x K posteriors under the fitted model.</param>
    /// <param name="progress">Receives each iteration.</param>
    /// <param name="cancellationToken">
    /// Stops the computation. After the first complete iteration, the result contains the model of the last complete iteration.
    /// </param>
    public GmmFitResult Fit(
        IVectorSource rows, GaussianMixture? start, bool returnPosterior, IProgress<EmIteration>? progress,
        CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        ExecutionPlan execution = ExecutionPlan.From(options.Execution);
        rows = rows.WithMissingValues(given.MissingValues ?? rows.MissingValues);
        TrainingData data = TrainingData.Of(rows, execution, cancellationToken);
        TrainingProgress channel = new(progress, given.Verbose, given.Log, data.Rows.RowCount, given.Logger);
        given.Logger?.TrainingStarted(components, data.Summary.Rows, structure.Dimension, execution.Backend.Name, execution.Threads);
        InitializationContext context = CreateContext(data, execution, channel, cancellationToken);

        // All iterations have the column names, because a canceled training may return the model of any iteration.
        VariationalPrior? prior = options.Variational is { } variational ? VariationalPriors.Resolve(variational, context) : null;
        IStart? maker = start is null ? CreateStart(context, prior, rows.RowWeights) : null;
        GaussianMixture first = (start ?? maker!.Run()).WithColumns(start?.Columns ?? rows.ColumnNames);
        TimeSpan initializationTime = Stopwatch.GetElapsedTime(began);
        GmmFitResult result = Improve(context, prior, first, isGiven: start is not null) with
        {
            StartSeed = SeedOf(maker),
            InitializationTime = initializationTime,
        };
        Log(result);
        return result.StopReason == StopReason.Cancelled ? result : AddUses(result, rows, returnPosterior, cancellationToken);
    }

    /// <summary>Runs EM from a model on prepared data. Reports no events to the logger.</summary>
    /// <param name="context">The data, and how to compute.</param>
    /// <param name="first">The starting model.</param>
    public GmmFitResult Improve(InitializationContext context, GaussianMixture first) => Improve(context, null, first, isGiven: true);

    /// <summary>Creates the EM step of a training without priors.</summary>
    public IEmStep CreateStep(InitializationContext context) =>
        CreateStep(context, CreateMaximization(context, null, options.Updated));

    private GmmFitResult Improve(InitializationContext context, VariationalPrior? prior, GaussianMixture first, bool isGiven)
    {
        long began = Stopwatch.GetTimestamp();
        TrainingData data = context.Data;
        DiagnosticsBuilder diagnostics = new(options, data, context.Execution, structure, components);
        diagnostics.CompareRows(context.CancellationToken);
        if (isGiven)
        {
            diagnostics.AddStart(first);
        }

        IEmStep step = CreateStep(context, CreateMaximization(context, prior, options.Updated));
        StoppingRule stopping = new(
            options, step.Epsilon, options.IsVariational ? IsBoundExact() : IsMonotone(context.Execution));
        Momentum? momentum = options.Acceleration.IsMomentum
            ? new(new MixtureExtrapolation(structure, context.Maximization with { Updated = options.Updated })) : null;
        EmTrainer trainer = new(options, step, stopping, context.Progress ?? TrainingProgress.None, momentum);
        EmOutcome outcome = trainer.Run(StartOf(first), diagnostics.Add, context.CancellationToken);
        return new GmmFitResult
        {
            Model = outcome.Model,
            TotalLogLikelihood = outcome.LogLikelihood,
            LowerBound = options.IsVariational ? outcome.Objective : null,
            RowCount = data.RowCount,
            TotalWeight = data.Summary.TotalWeight * data.WeightScale,
            History = outcome.History,
            StopReason = outcome.StopReason,
            Diagnostics = diagnostics.Build(outcome, stopping.HasFallen),
            Options = options.FillIn(given),
            EmTime = Stopwatch.GetElapsedTime(began),
        };
    }

    /// <summary>Returns the seed of the start that was trained, or <see langword="null"/> if the start uses no random numbers.</summary>
    private int? SeedOf(IStart? start) => start switch
    {
        null or ResponsibilityStart => null,
        Restarts restarts => restarts.BestSeed,
        _ => options.Seed,
    };

    /// <summary>Adds the criteria and the posteriors that are requested.</summary>
    private GmmFitResult AddUses(GmmFitResult result, IVectorSource rows, bool returnPosterior, CancellationToken cancellationToken)
    {
        try
        {
            if (given.ComputeCriteria)
            {
                MixtureCriteria criteria = result.Model.Criteria(rows, options.Execution, cancellationToken);
                result = result with { Criteria = criteria, Model = result.Model.WithTrainingCriteria(criteria) };
            }

            return returnPosterior
                ? result with { Posterior = result.Model.Posteriors(rows, options.Execution, cancellationToken) } : result;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The model is complete and must not be lost because its criteria or posteriors are missing.
            return result with { StopReason = StopReason.Cancelled };
        }
    }

    /// <summary>Creates the start of a training without a given model.</summary>
    private IStart CreateStart(InitializationContext context, VariationalPrior? prior, ReadOnlyMemory<double> rowWeights) =>
        options.Posteriors is { } posteriors
        ? new ResponsibilityStart(
            context, GivenPosteriors.OfPositiveWeight(posteriors, rowWeights.Span),
            CreateMaximization(context, prior, MixtureParameters.All))
        : options.Restarts > 1
        ? new Restarts(context, options, () => CreateStep(context, CreateMaximization(context, prior, options.Updated)))
        : Starts.Create(options.Start, context, options);

    /// <summary>Returns the model of the first E-step.</summary>
    private GaussianMixture StartOf(GaussianMixture first) =>
        options.IsVariational ? first
        : options.Relevance is null ? first.WithVariational(null)
        : RelevancePrior.StartFrom(first, options.Ubm!, options.Adapted);

    private IEmStep CreateStep(InitializationContext context, IMaximization maximization) =>
        context.Execution.Precision == Precision.Double
        ? new EmStep<double>(context.Data, structure, components, maximization, context.Execution)
        : new EmStep<float>(context.Data, structure, components, maximization, context.Execution);

    private IMaximization CreateMaximization(InitializationContext context, VariationalPrior? prior, MixtureParameters updated) =>
        prior is not null ? new VariationalUpdate(structure, components, prior, context.Execution)
        : new MixtureUpdate(structure, components, context.Maximization with { Prior = CreatePrior(), Updated = updated });

    private IPrior CreatePrior() =>
        options.Relevance is { } relevance ? new RelevancePrior(options.Ubm!, relevance)
        : options.Alpha > 0 ? new AlphaPrior(options.Ubm!, options.Alpha)
        : NoPrior.Instance;

    private void Log(GmmFitResult result)
    {
        if (given.Logger is not { } logger)
        {
            return;
        }

        if (logger.IsEnabled(LogLevel.Information))
        {
            logger.TrainingEnded(
                result.StopReason.ToString(), result.History.Count, result.AverageLogLikelihood,
                (result.InitializationTime + result.EmTime).TotalSeconds);
        }

        foreach (string warning in result.Diagnostics.Warnings)
        {
            logger.TrainingWarning(warning);
        }
    }

    /// <summary>Whether each step maximizes the objective exactly, so that only rounding and weight floors can make it fall.</summary>
    private bool IsMonotone(ExecutionPlan execution) => !options.ChangesCovariances && options.Relevance is null
        && execution.Path != NumericalPath.Products
        && (options.VarianceFloorOn == VarianceFloorTarget.Eigenvalues || structure.Storage.HoldsVariances);

    /// <summary>
    /// Whether the steps of a variational training maximize the bound exactly: for one group, the E-step is the exact variational posterior
    /// of the Dirichlet distribution.
    /// </summary>
    private bool IsBoundExact() =>
        options.Variational!.Weights == WeightPrior.DirichletDistribution && structure.GroupArrays.Length == 1;
}
