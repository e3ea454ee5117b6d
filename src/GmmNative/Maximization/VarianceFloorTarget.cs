namespace GmmNative;

/// <summary>The quantities that a variance floor bounds from below.</summary>
/// <example>
/// <code>
/// GmmOptions options = new() { Covariance = new() { VarianceFloor = 1e-3, VarianceFloorOn = VarianceFloorTarget.Diagonal } };
/// </code>
/// </example>
public enum VarianceFloorTarget
{
    /// <summary>
    /// Every eigenvalue of each group of correlated coordinates, as a constraint of the M-step. The log-likelihood cannot fall.
    /// </summary>
    Eigenvalues,

    /// <summary>
    /// The variances only, as in diffsptk. Full covariances may then be almost singular, and the log-likelihood may fall.
    /// </summary>
    Diagonal,
}
