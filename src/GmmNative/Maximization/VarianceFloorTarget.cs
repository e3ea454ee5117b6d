namespace GmmNative;

/// <summary>What a variance floor bounds from below.</summary>
/// <example>
/// <code>
/// GmmOptions options = new() { Covariance = new() { VarianceFloor = 1e-3, VarianceFloorOn = VarianceFloorTarget.Diagonal } };
/// </code>
/// </example>
public enum VarianceFloorTarget
{
    /// <summary>
    /// Every eigenvalue of each group of correlated coordinates, as a constraint of the M-step: the log-likelihood cannot fall.
    /// </summary>
    Eigenvalues,

    /// <summary>
    /// The variances alone, as the reference does. Full covariances may then come close to singular, and the log-likelihood may fall.
    /// </summary>
    Diagonal,
}
