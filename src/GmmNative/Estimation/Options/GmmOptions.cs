using Microsoft.Extensions.Logging;

namespace GmmNative;

/// <summary>How a mixture is trained, apart from the number of components: groups of options. Immutable.</summary>
/// <remarks>
/// Options that are <see langword="null"/> by default take the default of the class that uses them: <see cref="GaussianMixtureTrainer"/> or
/// <see cref="GaussianMixtureModeling"/>, which has those of the class it is compatible with. <see cref="GmmFitResult.Options"/> records
/// the values used.
/// </remarks>
/// <example>
/// <code>
/// GmmOptions options = new()
/// {
///     Covariance = new() { Kind = CovarianceKind.Full },
///     Start = new() { Seed = 7 },
///     Stopping = new() { Iterations = 50 },
/// };
/// GmmOptions likeScikitLearn = GmmOptions.ScikitLearn with { Prior = new() };
/// </code>
/// </example>
public sealed record GmmOptions
{
    /// <summary>The defaults of <see cref="GaussianMixtureTrainer"/>, spelled out.</summary>
    public static GmmOptions Recommended { get; } = new()
    {
        Start = new() { Method = InitializationMethod.Auto, Distances = DistanceUnit.Deviations },
        Stopping = new() { Iterations = 300, ToleranceOn = ToleranceTarget.Average, Test = StoppingTest.Rise },
        Covariance = new() { VarianceFloorOn = VarianceFloorTarget.Eigenvalues },
    };

    /// <summary>Start, stopping and floors of <c>diffsptk.GaussianMixtureModeling</c>.</summary>
    public static GmmOptions Diffsptk { get; } = new()
    {
        Start = new() { Method = InitializationMethod.LindeBuzoGray, Distances = DistanceUnit.Raw },
        Stopping = new() { Iterations = 100, ToleranceOn = ToleranceTarget.Total, Test = StoppingTest.SignedRise },
        Covariance = new() { VarianceFloorOn = VarianceFloorTarget.Diagonal },
    };

    /// <summary>
    /// Start, stopping and floors of SPTK's program <c>gmm</c>: those of <see cref="Diffsptk"/>, with the tolerance on the average.
    /// </summary>
    public static GmmOptions Sptk { get; } =
        Diffsptk with { Stopping = Diffsptk.Stopping with { ToleranceOn = ToleranceTarget.Average } };

    /// <summary>Start, stopping and regularization of <c>sklearn.mixture.GaussianMixture</c>, which has no floors.</summary>
    public static GmmOptions ScikitLearn { get; } = new()
    {
        Start = new() { Method = InitializationMethod.KMeansPlusPlus, Distances = DistanceUnit.Raw },
        Stopping = new() { Iterations = 100, Tolerance = 1e-3, ToleranceOn = ToleranceTarget.Average, Test = StoppingTest.Change },
        Covariance = new() { VarianceFloor = 0, VarianceFloorOn = VarianceFloorTarget.Eigenvalues, Regularization = 1e-6 },
        Update = new() { WeightFloor = 0 },
    };

    /// <summary>How the starting model is found.</summary>
    public GmmStartOptions Start { get; init; } = new();

    /// <summary>When EM ends.</summary>
    public GmmStoppingOptions Stopping { get; init; } = new();

    /// <summary>The structure of the covariances, and their floors.</summary>
    public GmmCovarianceOptions Covariance { get; init; } = new();

    /// <summary>What the parameters are drawn towards.</summary>
    public GmmPriorOptions Prior { get; init; } = new();

    /// <summary>What an update does with the parameters.</summary>
    public GmmUpdateOptions Update { get; init; } = new();

    /// <summary>Backend, threads, precision and batch size.</summary>
    public ExecutionOptions Execution { get; init; } = ExecutionOptions.Default;

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
}
