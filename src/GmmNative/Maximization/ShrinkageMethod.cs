namespace GmmNative;

/// <summary>How far covariances are shrunk toward a multiple of the identity.</summary>
/// <example>
/// <code>
/// GmmOptions options = new()
/// {
///     Covariance = new() { Kind = CovarianceKind.Full, ShrinkageMethod = ShrinkageMethod.OracleApproximating },
/// };
/// </code>
/// </example>
public enum ShrinkageMethod
{
    /// <summary>By the share <see cref="GmmCovarianceOptions.Shrinkage"/>.</summary>
    Given,

    /// <summary>
    /// By a share that is estimated for each covariance in each update (OAS: Chen, Wiesel, Eldar and Hero 2010, equation 23, without the
    /// terms of order 2 / D, as in scikit-learn).
    /// </summary>
    OracleApproximating,
}
