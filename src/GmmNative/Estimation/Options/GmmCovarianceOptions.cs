namespace GmmNative;

/// <summary>Options of the covariances: their structure, and what keeps them positive definite and well-conditioned.</summary>
/// <remarks>
/// The M-step applies the structure first, then <see cref="Regularization"/>, <see cref="Shrinkage"/>, <see cref="MaximumCondition"/> and
/// the floors, each once.
/// </remarks>
/// <example>
/// <code>
/// GmmOptions options = new() { Covariance = new() { Kind = CovarianceKind.Full, VarianceFloor = 1e-4 } };
/// </code>
/// </example>
public sealed record GmmCovarianceOptions
{
    /// <summary>The kind of the covariances (<c>var_type</c>). The default is diagonal.</summary>
    public CovarianceKind Kind { get; init; }

    /// <summary>The block sizes, positive, with sum D (<c>block_size</c>); <see langword="null"/>, the default, for one block.</summary>
    public IReadOnlyList<int>? BlockSizes { get; init; }

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

    /// <summary>
    /// How far covariances are shrunk in each update, 0 to 1: (1 - s) Sigma + s (trace Sigma / D) I. The default is 0. With a positive
    /// value the log-likelihood may fall. Spherical covariances do not change. Ignored unless <see cref="ShrinkageMethod"/> is
    /// <see cref="ShrinkageMethod.Given"/>.
    /// </summary>
    public double Shrinkage { get; init; }

    /// <summary>How the shrinkage is determined. The default is <see cref="Shrinkage"/>.</summary>
    public ShrinkageMethod ShrinkageMethod { get; init; }

    /// <summary>
    /// The maximum ratio of the largest and the smallest eigenvalue of a covariance, at least 1: smaller eigenvalues are raised. The
    /// default, <see langword="null"/>, is no limit. With a limit the log-likelihood may fall.
    /// </summary>
    public double? MaximumCondition { get; init; }

    /// <summary>What to do if an updated covariance is singular. The default is to raise its eigenvalues to the floor.</summary>
    public SingularCovarianceHandling WhenSingular { get; init; }
}
