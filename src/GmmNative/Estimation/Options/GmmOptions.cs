using Microsoft.Extensions.Logging;

namespace GmmNative;

/// <summary>
/// Options of a training, apart from the number of components. Immutable. An option that is <see langword="null"/> takes the default of the
/// class that uses it: <see cref="GaussianMixtureTrainer"/>, whose defaults are named first, or <see cref="GaussianMixtureModeling"/>,
/// whose defaults are those of diffsptk. A parameter name in parentheses is that of <c>diffsptk.GaussianMixtureModeling</c>.
/// </summary>
/// <example>
/// <code>
/// GmmOptions options = new() { Covariance = CovarianceKind.Full, Iterations = 50, Seed = 7 };
/// GmmOptions likeScikitLearn = GmmOptions.ScikitLearn with { Covariance = CovarianceKind.Full };
/// </code>
/// </example>
public sealed record GmmOptions
{
    /// <summary>The defaults of <see cref="GaussianMixtureTrainer"/>, set explicitly.</summary>
    public static GmmOptions Recommended { get; } = new()
    {
        Iterations = 300,
        ToleranceOn = ToleranceTarget.Average,
        Stopping = StoppingTest.Rise,
        Start = InitializationMethod.Auto,
        StartDistances = DistanceUnit.Deviations,
        VarianceFloorOn = VarianceFloorTarget.Eigenvalues,
    };

    /// <summary>The start, stopping test and floors of <c>diffsptk.GaussianMixtureModeling</c>.</summary>
    public static GmmOptions Diffsptk { get; } = new()
    {
        Iterations = 100,
        ToleranceOn = ToleranceTarget.Total,
        Stopping = StoppingTest.SignedRise,
        Start = InitializationMethod.LindeBuzoGray,
        StartDistances = DistanceUnit.Raw,
        VarianceFloorOn = VarianceFloorTarget.Diagonal,
    };

    /// <summary>
    /// The start, stopping test and floors of SPTK's program <c>gmm</c>: <see cref="Diffsptk"/> with the tolerance on the average.
    /// </summary>
    public static GmmOptions Sptk { get; } = Diffsptk with { ToleranceOn = ToleranceTarget.Average };

    /// <summary>The start, stopping test and regularization of <c>sklearn.mixture.GaussianMixture</c>, which has no floors.</summary>
    public static GmmOptions ScikitLearn { get; } = new()
    {
        Iterations = 100,
        Tolerance = 1e-3,
        ToleranceOn = ToleranceTarget.Average,
        Stopping = StoppingTest.Change,
        Start = InitializationMethod.KMeansPlusPlus,
        StartDistances = DistanceUnit.Raw,
        WeightFloor = 0,
        VarianceFloor = 0,
        VarianceFloorOn = VarianceFloorTarget.Eigenvalues,
        Regularization = 1e-6,
    };

    /// <summary>The maximum number of EM iterations, at least 1 (<c>n_iter</c>). The default is 300 (diffsptk: 100).</summary>
    public int? Iterations { get; init; }

    /// <summary>
    /// The tolerance of the stopping test in nats, at least 0 (<c>eps</c>). The default is 1e-5. EM stops after the update of an iteration
    /// whose log-likelihood exceeds that of the iteration before by less than the tolerance. <see cref="ToleranceOn"/> selects the total or
    /// the average log-likelihood. With 0, EM stops early only if the log-likelihood falls by more than rounding.
    /// </summary>
    public double Tolerance { get; init; } = 1e-5;

    /// <summary>
    /// The log-likelihood that <see cref="Tolerance"/> applies to. The default is the average (diffsptk: the total).
    /// </summary>
    public ToleranceTarget? ToleranceOn { get; init; }

    /// <summary>
    /// The stopping test. The default is <see cref="StoppingTest.Rise"/> (diffsptk: <see cref="StoppingTest.SignedRise"/>).
    /// </summary>
    public StoppingTest? Stopping { get; init; }

    /// <summary>
    /// The start if no starting model is given. The default is the best of several starts (diffsptk: Linde-Buzo-Gray).
    /// </summary>
    public InitializationMethod? Start { get; init; }

    /// <summary>The unit of distances in a start. The default is standard deviations (diffsptk: raw values).</summary>
    public DistanceUnit? StartDistances { get; init; }

    /// <summary>The minimum weight, in [0, 1/K] (<c>weight_floor</c>). The default is the smaller of 1e-5 and 1/K.</summary>
    public double? WeightFloor { get; init; }

    /// <summary>The minimum variance in squared units of the data, at least 0 (<c>var_floor</c>). The default is 1e-6.</summary>
    public double VarianceFloor { get; init; } = 1e-6;

    /// <summary>
    /// The minimum variance as a share of the variance of each column, 0 to 1. The default is 0. The larger of the two floors applies.
    /// </summary>
    public double RelativeVarianceFloor { get; init; }

    /// <summary>The quantities that the variance floors bound. The default is the eigenvalues (diffsptk: the variances).</summary>
    public VarianceFloorTarget? VarianceFloorOn { get; init; }

    /// <summary>
    /// The value added to every variance in each update, before the floors, at least 0. The default is 0. With a positive value the
    /// log-likelihood may fall.
    /// </summary>
    public double Regularization { get; init; }

    /// <summary>The kind of the covariances (<c>var_type</c>). The default is diagonal.</summary>
    public CovarianceKind Covariance { get; init; }

    /// <summary>The block sizes, positive, with sum D (<c>block_size</c>); <see langword="null"/>, the default, for one block.</summary>
    public IReadOnlyList<int>? BlockSizes { get; init; }

    /// <summary>
    /// The universal background model of MAP adaptation, which is the start and the prior: K components of dimension D (<c>ubm</c>). The
    /// default is <see langword="null"/>.
    /// </summary>
    public GaussianMixture? Ubm { get; init; }

    /// <summary>
    /// The weight of <see cref="Ubm"/> in the update, in [0, 1] (<c>alpha</c>). The default is 0. Other values require a background model.
    /// </summary>
    public double Alpha { get; init; }

    /// <summary>
    /// How much is written to <see cref="Log"/>, and how often progress is reported (<c>verbose</c>). The default is silent.
    /// </summary>
    public Verbosity Verbose { get; init; }

    /// <summary>
    /// Receives the lines that <see cref="Verbose"/> selects; <see langword="null"/>, the default, for no lines. The library does not write
    /// to the console: set <c>Console.Error</c> for the behavior of diffsptk.
    /// </summary>
    public TextWriter? Log { get; init; }

    /// <summary>
    /// Receives the events of the training; <see langword="null"/>, the default, for no events. 1: the training starts (information). 2: an
    /// iteration of the start (debug). 3: an iteration of EM (debug). 4: the training has ended (information). 5: a warning of
    /// <see cref="GmmDiagnostics.Warnings"/> (warning). The values have names: <c>Components</c>, <c>Iteration</c>,
    /// <c>AverageLogLikelihood</c> (nats), <c>Milliseconds</c> and others.
    /// </summary>
    public ILogger? Logger { get; init; }

    /// <summary>What to do if an updated covariance is singular. The default is to raise its eigenvalues to the floor.</summary>
    public SingularCovarianceHandling SingularCovariance { get; init; }

    /// <summary>The seed of the random numbers, which only the start uses. The default is 0.</summary>
    public int Seed { get; init; }

    /// <summary>The backend, threads, precision and batch size (<c>batch_size</c>).</summary>
    public ExecutionOptions Execution { get; init; } = ExecutionOptions.Default;
}
