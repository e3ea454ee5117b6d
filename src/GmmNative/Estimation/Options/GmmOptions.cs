using Microsoft.Extensions.Logging;

namespace GmmNative;

/// <summary>Options of a training, apart from the number of components, in groups. Immutable.</summary>
/// <remarks>
/// An option that is <see langword="null"/> takes the default of the class that uses it: <see cref="GaussianMixtureTrainer"/>, whose
/// defaults are named first, or <see cref="GaussianMixtureModeling"/>, whose defaults are those of diffsptk.
/// <see cref="GmmFitResult.Options"/> records the values used. A parameter name in parentheses is that of
/// <c>diffsptk.GaussianMixtureModeling</c>.
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
    /// <summary>The defaults of <see cref="GaussianMixtureTrainer"/>, set explicitly.</summary>
    public static GmmOptions Recommended { get; } = new()
    {
        Start = new GmmStartOptions { Distances = DistanceUnit.Deviations }.WithPresetMethod(InitializationMethod.Auto),
        Stopping = new() { Iterations = 300, ToleranceOn = ToleranceTarget.Average, Test = StoppingTest.Rise },
        Covariance = new() { VarianceFloorOn = VarianceFloorTarget.Eigenvalues },
    };

    /// <summary>The start, stopping test and floors of <c>diffsptk.GaussianMixtureModeling</c>.</summary>
    public static GmmOptions Diffsptk { get; } = new()
    {
        Start = new GmmStartOptions { Distances = DistanceUnit.Raw }.WithPresetMethod(InitializationMethod.LindeBuzoGray),
        Stopping = new() { Iterations = 100, ToleranceOn = ToleranceTarget.Total, Test = StoppingTest.SignedRise },
        Covariance = new() { VarianceFloorOn = VarianceFloorTarget.Diagonal },
    };

    /// <summary>
    /// The start, stopping test and floors of SPTK's program <c>gmm</c>: <see cref="Diffsptk"/> with the tolerance on the average.
    /// </summary>
    public static GmmOptions Sptk { get; } =
        Diffsptk with { Stopping = Diffsptk.Stopping with { ToleranceOn = ToleranceTarget.Average } };

    /// <summary>The start, stopping test and regularization of <c>sklearn.mixture.GaussianMixture</c>, which has no floors.</summary>
    public static GmmOptions ScikitLearn { get; } = new()
    {
        Start = new GmmStartOptions { Distances = DistanceUnit.Raw }.WithPresetMethod(InitializationMethod.KMeans),
        Stopping = new() { Iterations = 100, Tolerance = 1e-3, ToleranceOn = ToleranceTarget.Average, Test = StoppingTest.Change },
        Covariance = new() { VarianceFloor = 0, VarianceFloorOn = VarianceFloorTarget.Eigenvalues, Regularization = 1e-6 },
        Update = new() { WeightFloor = 0 },
    };

    /// <summary>The start if no starting model is given.</summary>
    public GmmStartOptions Start { get; init; } = new();

    /// <summary>The stopping test and the maximum number of iterations.</summary>
    public GmmStoppingOptions Stopping { get; init; } = new();

    /// <summary>The structure of the covariances, and their floors.</summary>
    public GmmCovarianceOptions Covariance { get; init; } = new();

    /// <summary>The prior of the parameters: MAP adaptation.</summary>
    public GmmPriorOptions Prior { get; init; } = new();

    /// <summary>The update of the parameters.</summary>
    public GmmUpdateOptions Update { get; init; } = new();

    /// <summary>
    /// How EM is accelerated. The default is <see cref="Acceleration.None"/>. With <see cref="Acceleration.Momentum"/>, the result is the
    /// plain update of the best accepted model, and <see cref="GmmStoppingOptions.Iterations"/> counts all passes, rejected ones too. An
    /// accelerated training may end in another optimum than plain EM.
    /// </summary>
    public Acceleration Acceleration { get; init; }

    /// <summary>
    /// What happens to missing values, NaN. <see langword="null"/>, the default, is the policy of the rows
    /// (<see cref="IVectorSource.MissingValues"/>), which is <see cref="GmmNative.MissingValues.Error"/> unless they specify another one.
    /// </summary>
    public MissingValues? MissingValues { get; init; }

    /// <summary>
    /// Whether the result has <see cref="GmmFitResult.Criteria"/>, which take one more pass over the rows. The default is false.
    /// </summary>
    public bool ComputeCriteria { get; init; }

    /// <summary>The backend, threads, precision and batch size (<c>batch_size</c>).</summary>
    public ExecutionOptions Execution { get; init; } = ExecutionOptions.Default;

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
}
