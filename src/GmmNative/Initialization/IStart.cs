namespace GmmNative.Initialization;

/// <summary>A way to find a starting model.</summary>
internal interface IStart
{
    /// <summary>Finds the starting model.</summary>
    /// <exception cref="OperationCanceledException">The context's token was cancelled.</exception>
    /// <exception cref="SingularCovarianceException">A covariance came out singular, and that is to be an error or cannot be
    /// mended.</exception>
    GaussianMixture Run();
}
