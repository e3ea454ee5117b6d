namespace GmmNative;

/// <summary>What to do when an updated covariance is not positive definite.</summary>
/// <example>
/// <code>
/// GmmOptions options = new() { Covariance = new() { WhenSingular = SingularCovarianceHandling.Throw } };
/// </code>
/// </example>
public enum SingularCovarianceHandling
{
    /// <summary>Raise its eigenvalues to the variance floor and report the component.</summary>
    FloorEigenvalues,

    /// <summary>Throw <see cref="SingularCovarianceException"/>, which names the component.</summary>
    Throw,
}
