namespace GmmNative.Initialization;

/// <summary>A way to make a starting model.</summary>
internal interface IStart
{
    /// <summary>Makes the starting model.</summary>
    /// <exception cref="OperationCanceledException">The context's token was canceled.</exception>
    /// <exception cref="SingularCovarianceException">
    /// A covariance is singular, and the options request an error or it cannot be repaired.
    /// </exception>
    GaussianMixture Run();
}
