using Microsoft.Extensions.Logging;

namespace GmmNative;

/// <summary>
/// How a mixture is trained, apart from the number of components. Immutable. Options that are <see langword="null"/> by default take the
/// default of the class
/// that uses them: <see cref="GaussianMixtureTrainer"/>, whose defaults are stated first, or <see cref="GaussianMixtureModeling"/>, which
/// has those of
/// <c>diffsptk.GaussianMixtureModeling</c>.
/// </summary>
/// <example>
/// <code>
/// GmmOptions options = new() { Covariance = CovarianceKind.Full, Iterations = 50, Seed = 7 };
/// GmmOptions likeScikitLearn = GmmOptions.ScikitLearn with { Covariance = CovarianceKind.Full };
/// </code>
/// </example>
public sealed record GmmOptions
{
    /// <summary>The defaults of <see cref="GaussianMixtureTrainer"/>, spelled out.</summary>
    public static GmmOptions Recommended { get; } = new()
    {
        Iterations = 300,
        ToleranceOn = ToleranceTarget.Average,
        Stopping = StoppingTest.Rise,
        Start = InitializationMethod.Auto,
        StartDistances = DistanceUnit.Deviations,
        VarianceFloorOn = VarianceFloorTarget.Eigenvalues,
    };

    /// <summary>Start, stopping and floors of <c>diffsptk.GaussianMixtureModeling</c>.</summary>
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
    /// Start, stopping and floors of SPTK's program <c>gmm</c>: those of <see cref="Diffsptk"/>, with the tolerance on the average.
    /// </summary>
    public static GmmOptions Sptk { get; } = Diffsptk with { ToleranceOn = ToleranceTarget.Average };

    /// <summary>Start, stopping and regularisation of <c>sklearn.mixture.GaussianMixture</c>, which has no floors.</summary>
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

    /// <summary>Maximum number of EM iterations, at least 1 [300; reference: 100, its <c>n_iter</c>].</summary>
    public int? Iterations { get; init; }

    /// <summary>
    /// The reference's <c>eps</c>, at least 0 [1e-5]: EM stops when the log-likelihood of an iteration after the first exceeds the one
    /// before
    /// by less than this, after the update. Nats; of the total or the average as <see cref="ToleranceOn"/> specifies. With 0 it stops only
    /// when the log-likelihood
    /// falls by more than rounding.
    /// </summary>
    public double Tolerance { get; init; } = 1e-5;

    /// <summary>The log-likelihood that <see cref="Tolerance"/> refers to [average; reference: total].</summary>
    public ToleranceTarget? ToleranceOn { get; init; }

    /// <summary>When EM has converged, and what a fall of the log-likelihood means [rise; reference: signed rise].</summary>
    public StoppingTest? Stopping { get; init; }

    /// <summary>How the starting model is found where none is given [auto; reference: Linde-Buzo-Gray].</summary>
    public InitializationMethod? Start { get; init; }

    /// <summary>The unit of the distances by which a start groups rows [deviations; reference: raw].</summary>
    public DistanceUnit? StartDistances { get; init; }

    /// <summary>The reference's <c>weight_floor</c>, in [0, 1/K] [1e-5; 1/K where that is smaller].</summary>
    public double? WeightFloor { get; init; }

    /// <summary>The reference's <c>var_floor</c>: minimum variance, at least 0, in squared units of the data [1e-6].</summary>
    public double VarianceFloor { get; init; } = 1e-6;

    /// <summary>Minimum variance as a share of each column's variance, 0 to 1 [0]; the larger one of the two floors holds.</summary>
    public double RelativeVarianceFloor { get; init; }

    /// <summary>What the variance floors bound [eigenvalues; reference: diagonal].</summary>
    public VarianceFloorTarget? VarianceFloorOn { get; init; }

    /// <summary>Added to every variance in each update, before the floors, at least 0 [0]. With it the log-likelihood may fall.</summary>
    public double Regularization { get; init; }

    /// <summary>The reference's <c>var_type</c> [diagonal].</summary>
    public CovarianceKind Covariance { get; init; }

    /// <summary>The reference's <c>block_size</c>: positive, summing to D; <see langword="null"/> [default] for one block.</summary>
    public IReadOnlyList<int>? BlockSizes { get; init; }

    /// <summary>
    /// The reference's <c>ubm</c>: the universal background model that MAP adaptation starts from and leans on; K components, dimension D.
    /// </summary>
    public GaussianMixture? Ubm { get; init; }

    /// <summary>The reference's <c>alpha</c>, in [0, 1] [0]: weight of the <see cref="Ubm"/> in the update; needs one when not 0.</summary>
    public double Alpha { get; init; }

    /// <summary>The reference's <c>verbose</c> [silent]: how much is written to <see cref="Log"/>, and how often progress is
    /// reported.</summary>
    public Verbosity Verbose { get; init; }

    /// <summary>
    /// Where lines go that <see cref="Verbose"/> asks for; <see langword="null"/> [default] for nowhere. The library itself writes to no
    /// console: <c>Console.Error</c> gives what the reference does.
    /// </summary>
    public TextWriter? Log { get; init; }

    /// <summary>
    /// Receives events of the training; <see langword="null"/> [default] for none. 1: it starts (information). 2: an iteration of the start
    /// (debug). 3: an iteration of EM (debug). 4: it ended (information). 5: a warning of <see cref="GmmDiagnostics.Warnings"/> (warning).
    /// The values are named: <c>Components</c>, <c>Iteration</c>, <c>AverageLogLikelihood</c> (nats), <c>Milliseconds</c> and so on.
    /// </summary>
    public ILogger? Logger { get; init; }

    /// <summary>What to do when an updated covariance is singular [floor its eigenvalues].</summary>
    public SingularCovarianceHandling SingularCovariance { get; init; }

    /// <summary>Seed of everything random, which is the start only [0].</summary>
    public int Seed { get; init; }

    /// <summary>Backend, threads, precision, and the reference's <c>batch_size</c>.</summary>
    public ExecutionOptions Execution { get; init; } = ExecutionOptions.Default;
}
