namespace GmmNative;

/// <summary>
/// Everything <see cref="GaussianMixtureModeling"/> can be told apart from the order and the number of mixtures: the options of
/// <c>diffsptk.GaussianMixtureModeling</c> with its defaults, then ours. Immutable.
/// </summary>
public sealed record GmmOptions
{
    /// <summary>The reference's <c>n_iter</c>: most EM iterations, at least 1 [100].</summary>
    public int Iterations { get; init; } = 100;

    /// <summary>
    /// The reference's <c>eps</c>, at least 0 [1e-5]: EM stops when the log-likelihood of an iteration after the first exceeds the one before
    /// by less than this, a signed test, after the update. Nats; the total or the average as <see cref="ToleranceOn"/> says. With 0 it stops only when the log-likelihood falls by more than rounding.
    /// </summary>
    public double Tolerance { get; init; } = 1e-5;

    /// <summary>The log-likelihood that <see cref="Tolerance"/> speaks of [total].</summary>
    public ToleranceTarget ToleranceOn { get; init; }

    /// <summary>The reference's <c>weight_floor</c>, in [0, 1/K] [1e-5; 1/K where that is smaller].</summary>
    public double? WeightFloor { get; init; }

    /// <summary>The reference's <c>var_floor</c>: least variance, at least 0 [1e-6].</summary>
    public double VarianceFloor { get; init; } = 1e-6;

    /// <summary>The reference's <c>var_type</c> [diagonal].</summary>
    public CovarianceKind Covariance { get; init; }

    /// <summary>The reference's <c>block_size</c>: positive, summing to D; <see langword="null"/> [default] for one block.</summary>
    public IReadOnlyList<int>? BlockSizes { get; init; }

    /// <summary>The reference's <c>ubm</c>: the universal background model that MAP adaptation starts from and leans on; K components, dimension D.</summary>
    public GaussianMixture? Ubm { get; init; }

    /// <summary>The reference's <c>alpha</c>, in [0, 1] [0]: weight of the <see cref="Ubm"/> in the update; needs one when not 0.</summary>
    public double Alpha { get; init; }

    /// <summary>The reference's <c>verbose</c> [silent].</summary>
    public Verbosity Verbose { get; init; }

    /// <summary>Where <see cref="Verbose"/> writes; <see langword="null"/> [default] for standard error.</summary>
    public TextWriter? Log { get; init; }

    /// <summary>What to do when an updated covariance is not positive definite [floor its eigenvalues].</summary>
    public SingularCovarianceHandling SingularCovariance { get; init; }

    /// <summary>Seed of everything random, which is the initialisation only [0].</summary>
    public int Seed { get; init; }

    /// <summary>Backend, threads, precision, and the reference's <c>batch_size</c>.</summary>
    public ExecutionOptions Execution { get; init; } = ExecutionOptions.Default;
}
