namespace GmmNative.Model;

/// <summary>Creates the errors about covariances of components.</summary>
internal static class CovarianceProblem
{
    /// <summary>A variance is not positive.</summary>
    public static InvalidMixtureException Variance(int component, int coordinate, double variance) => double.IsFinite(variance)
        ? new($"The covariance of component {component} is not positive definite: variance {coordinate} is {variance:R}.")
        : NotFinite(component);

    /// <summary>A value is NaN or infinite.</summary>
    public static InvalidMixtureException NotFinite(int component) =>
        new($"The covariance of component {component} contains a value that is not finite.");

    /// <summary>All variances are positive, but the matrix is not positive definite.</summary>
    public static InvalidMixtureException NotPositiveDefinite(int component) =>
        new($"The covariance of component {component} is not positive definite.");
}
