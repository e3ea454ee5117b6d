using CommunityToolkit.HighPerformance;

namespace GmmNative;

/// <summary>
/// The estimator: trains Gaussian mixtures by EM, adapts them from a universal background model, and converts vectors with them.
/// One to one with <c>diffsptk.GaussianMixtureModeling</c>.
/// </summary>
/// <remarks>
/// The instance holds the current <see cref="Parameters"/> and nothing else that changes. Methods that set them must not run at
/// the same time on one instance; different instances are independent.
/// </remarks>
public sealed class GaussianMixtureModeling
{
    private readonly CovarianceStructure _structure;
    private readonly MaximizationOptions _maximization;
    private readonly MaximizationOptions _initialMaximization;

    /// <summary>Makes an estimator.</summary>
    /// <param name="order">M, at least 0: vectors have dimension D = M + 1.</param>
    /// <param name="mixtureCount">K, at least 1.</param>
    /// <param name="options">Everything else; <see langword="null"/> for all defaults.</param>
    /// <exception cref="ArgumentException">An option is out of its range or does not fit the others; the message names it.</exception>
    public GaussianMixtureModeling(int order, int mixtureCount, GmmOptions? options = null)
    {
        if (order < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(order), $"The order must be at least 0, not {order}.");
        }

        if (mixtureCount < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(mixtureCount), $"The number of mixtures must be at least 1, not {mixtureCount}.");
        }

        Options = options ?? new GmmOptions();
        Order = order;
        MixtureCount = mixtureCount;
        _structure = new CovarianceStructure(Options.Covariance, checked(order + 1), Options.BlockSizes);
        GmmOptionsValidation.Validate(Options, mixtureCount, _structure.Dimension);
        GaussianMixture? ubm = Options.Ubm?.WithStructure(_structure);
        _initialMaximization = new MaximizationOptions
        {
            WeightFloor = Options.WeightFloor ?? Math.Min(GmmOptionsValidation.DefaultWeightFloor, 1.0 / mixtureCount),
            VarianceFloor = Options.VarianceFloor,
            SingularCovariance = Options.SingularCovariance,
            Threads = Options.Execution.Threads == 0 ? Environment.ProcessorCount : Options.Execution.Threads,
            LeastOccupancy = Options.Execution.Precision == Precision.Double ? 1e-290 : 1e-30,
            IsCancelled = Options.Execution.Path == NumericalPath.Products ? _ => false
                : Options.Execution.Precision == Precision.Double ? ExpectationPlan<double>.IsTooLarge : ExpectationPlan<float>.IsTooLarge,
        };
        _maximization = Options.Alpha > 0 ? _initialMaximization with { Ubm = ubm, Alpha = Options.Alpha } : _initialMaximization;
        Parameters = ubm;
    }

    /// <summary>M.</summary>
    public int Order { get; }

    /// <summary>K.</summary>
    public int MixtureCount { get; }

    /// <summary>The options.</summary>
    public GmmOptions Options { get; }

    /// <summary>
    /// The current parameters: those that were set, found by the warm-up or fitted last; at first the background model, if there is
    /// one, otherwise <see langword="null"/>.
    /// </summary>
    public GaussianMixture? Parameters { get; private set; }

    /// <summary>The reference's <c>warmup</c>: finds starting parameters by Linde-Buzo-Gray splitting and sets them.</summary>
    /// <param name="rows">T x D.</param>
    /// <param name="options">Options of the splitting; <see langword="null"/> for all defaults.</param>
    /// <param name="progress">Told of each k-means iteration.</param>
    /// <param name="cancellationToken">Ends the work early, with the parameters as they were.</param>
    /// <returns>The parameters: weights, means and covariances of the clusters, with the floors applied. A cluster without rows, which only data
    /// with fewer distinct rows than K have, keeps a centroid, with the variances of all data.</returns>
    /// <exception cref="VectorDataException">There are no rows, they have another dimension, or a value is not finite.</exception>
    /// <exception cref="SingularCovarianceException">The variance floor is 0 and a cluster's rows do not differ in some coordinate.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public GaussianMixture Warmup(
        IVectorSource rows, LindeBuzoGrayOptions? options = null, IProgress<EmIteration>? progress = null, CancellationToken cancellationToken = default)
    {
        options ??= new LindeBuzoGrayOptions();
        options.Validate();
        return Parameters = Initialize(rows, context => new LindeBuzoGray(context, options).Run(), progress, cancellationToken);
    }

    /// <summary>Finds starting parameters by any method and sets them.</summary>
    /// <param name="rows">T x D.</param>
    /// <param name="method">The method.</param>
    /// <param name="progress">Told of each iteration, where the method iterates.</param>
    /// <param name="cancellationToken">Ends the work early, with the parameters as they were.</param>
    /// <returns>The parameters.</returns>
    /// <exception cref="VectorDataException">There are no rows, they have another dimension, or a value is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="method"/> is undefined.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public GaussianMixture Initialize(
        IVectorSource rows, InitializationMethod method, IProgress<EmIteration>? progress = null, CancellationToken cancellationToken = default) =>
        method switch
        {
            InitializationMethod.LindeBuzoGray => Warmup(rows, null, progress, cancellationToken),
            InitializationMethod.KMeansPlusPlus =>
                Parameters = Initialize(rows, context => new KMeansPlusPlus(context).Run(), progress, cancellationToken),
            InitializationMethod.Random =>
                Parameters = Initialize(rows, context => new RandomInitialization(context).Run(), progress, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(method), method, "Not a method."),
        };

    /// <summary>The reference's <c>set_params</c>: sets the parameters that <see cref="Fit(IVectorSource, bool, IProgress{EmIteration}?, CancellationToken)"/> starts from and <see cref="Transform"/> uses.</summary>
    /// <param name="parameters">K components of dimension D, in any structure; entries that the options' structure does not keep are dropped.</param>
    /// <exception cref="ArgumentException">K or D is another.</exception>
    public void SetParameters(GaussianMixture parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        GmmOptionsValidation.CheckShape(parameters, MixtureCount, _structure.Dimension, "The model", nameof(parameters));
        Parameters = parameters.WithStructure(_structure);
    }

    /// <summary>
    /// The reference's <c>forward</c>: EM from the current parameters, or from a warm-up where there are none. The fitted model becomes
    /// the current parameters.
    /// </summary>
    /// <param name="rows">T x D; read once, and once more for each iteration.</param>
    /// <param name="returnPosterior">Whether to compute the T x K posteriors under the fitted model.</param>
    /// <param name="progress">Told of each iteration, and with <see cref="Verbosity.Progress"/> of what happens within, one call at a time,
    /// from any thread.</param>
    /// <param name="cancellationToken">
    /// Ends the work early. After the first complete iteration the result holds the last complete one, with
    /// <see cref="StopReason.Cancelled"/> and no posterior; before it, <see cref="OperationCanceledException"/> is thrown and the parameters are as they were.
    /// </param>
    /// <returns>The fitted model, its log-likelihood, and how it came about.</returns>
    /// <exception cref="VectorDataException">There are no rows, they have another dimension, or a value is not finite.</exception>
    /// <exception cref="SingularCovarianceException">A covariance came out not positive definite, and the options or a variance floor of 0 forbid mending it.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the first iteration was complete.</exception>
    public GmmFitResult Fit(
        IVectorSource rows, bool returnPosterior = false, IProgress<EmIteration>? progress = null, CancellationToken cancellationToken = default)
    {
        CheckDimension(rows);
        ExecutionPlan execution = ExecutionPlan.From(Options.Execution);
        DataSummary summary = DataSummary.Of(rows, execution, cancellationToken);
        TrainingProgress channel = new(progress, Options.Verbose, Options.Log, rows.RowCount);
        GaussianMixture start = Parameters
            ?? new LindeBuzoGray(Context(rows, summary, execution, channel, cancellationToken), new LindeBuzoGrayOptions()).Run();
        GmmFitResult result = execution.Precision == Precision.Double
            ? new EmTrainer<double>(Options, _maximization, execution, channel).Run(start, rows, summary, cancellationToken)
            : new EmTrainer<float>(Options, _maximization, execution, channel).Run(start, rows, summary, cancellationToken);
        Parameters = result.Model;
        if (!returnPosterior || result.StopReason == StopReason.Cancelled)
        {
            return result;
        }

        try
        {
            return result with { Posterior = result.Model.Posteriors(rows, Options.Execution, cancellationToken) };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The model is there: it must not be lost for want of its posteriors.
            return result with { StopReason = StopReason.Cancelled };
        }
    }

    /// <inheritdoc cref="Fit(IVectorSource, bool, IProgress{EmIteration}?, CancellationToken)"/>
    public GmmFitResult Fit(
        ReadOnlyMemory2D<double> rows, bool returnPosterior = false, IProgress<EmIteration>? progress = null, CancellationToken cancellationToken = default) =>
        Fit(VectorSource.From(rows), returnPosterior, progress, cancellationToken);

    /// <inheritdoc cref="Fit(IVectorSource, bool, IProgress{EmIteration}?, CancellationToken)"/>
    public GmmFitResult Fit(
        ReadOnlyMemory2D<float> rows, bool returnPosterior = false, IProgress<EmIteration>? progress = null, CancellationToken cancellationToken = default) =>
        Fit(VectorSource.From(rows), returnPosterior, progress, cancellationToken);

    /// <summary>The reference's <c>transform</c> under the current parameters; see <see cref="GaussianMixture.Transform"/>.</summary>
    /// <param name="rows">T x (N+1), N at most M.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="InvalidOperationException">There are no parameters yet.</exception>
    /// <exception cref="VectorDataException">The rows have more coordinates than the model, or hold a value that is not finite.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public TransformResult Transform(IVectorSource rows, CancellationToken cancellationToken = default) =>
        (Parameters ?? throw new InvalidOperationException("There are no parameters yet: call Fit, Warmup or SetParameters first."))
        .Transform(rows, Options.Execution, cancellationToken);

    private GaussianMixture Initialize(
        IVectorSource rows, Func<InitializationContext, GaussianMixture> method, IProgress<EmIteration>? progress, CancellationToken cancellationToken)
    {
        CheckDimension(rows);
        ExecutionPlan execution = ExecutionPlan.From(Options.Execution);
        DataSummary summary = DataSummary.Of(rows, execution, cancellationToken);
        TrainingProgress channel = new(progress, Options.Verbose, Options.Log, rows.RowCount);
        return method(Context(rows, summary, execution, channel, cancellationToken));
    }

    private InitializationContext Context(
        IVectorSource rows, DataSummary summary, ExecutionPlan execution, TrainingProgress progress, CancellationToken cancellationToken) => new()
        {
            Rows = rows,
            Summary = summary,
            Structure = _structure,
            Components = MixtureCount,
            Execution = execution,
            Maximization = _initialMaximization,
            Random = new Random(Options.Seed),
            Progress = progress,
            CancellationToken = cancellationToken,
        };

    private void CheckDimension(IVectorSource rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Dimension != _structure.Dimension)
        {
            throw new VectorDataException($"The vectors have dimension {rows.Dimension}, but order {Order} means {_structure.Dimension}.");
        }
    }
}
