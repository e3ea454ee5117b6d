namespace GmmNative;

/// <summary>The structure of the covariances, and what keeps them from becoming singular.</summary>
/// <remarks>
/// The M-step applies the structure first, then <see cref="Regularization"/>, then the floors, once.
/// </remarks>
/// <example>
/// <code>
/// GmmOptions options = new() { Covariance = new() { Kind = CovarianceKind.Full, VarianceFloor = 1e-4 } };
/// </code>
/// </example>
public sealed record GmmCovarianceOptions
{
    /// <summary>Which entries of a covariance are kept [diagonal].</summary>
    public CovarianceKind Kind { get; init; }

    /// <summary>Sizes of the blocks of a covariance: positive, summing to D; <see langword="null"/> [default] for one block.</summary>
    public IReadOnlyList<int>? BlockSizes { get; init; }

    /// <summary>Minimum variance, at least 0, in squared units of the data [1e-6].</summary>
    public double VarianceFloor { get; init; } = 1e-6;

    /// <summary>Minimum variance as a share of each column's variance, 0 to 1 [0]. The larger of the two floors holds.</summary>
    public double RelativeVarianceFloor { get; init; }

    /// <summary>
    /// What the variance floors bound [<see cref="GaussianMixtureTrainer"/>: eigenvalues; <see cref="GaussianMixtureModeling"/>: diagonal].
    /// </summary>
    public VarianceFloorTarget? VarianceFloorOn { get; init; }

    /// <summary>Added to every variance in each update, before the floors, at least 0 [0]. With it the log-likelihood may fall.</summary>
    public double Regularization { get; init; }

    /// <summary>What to do when an updated covariance is singular [floor its eigenvalues].</summary>
    public SingularCovarianceHandling WhenSingular { get; init; }
}
