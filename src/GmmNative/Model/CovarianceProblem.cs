namespace GmmNative.Model;

/// <summary>Creates the errors about covariances of components.</summary>
internal static class CovarianceProblem
{
    /// <summary>Names the covariance of a component, which may be the covariance of all components.</summary>
    public static string Name(CovarianceStructure structure, int component) =>
        structure.IsTied ? "The covariance of all components" : $"The covariance of component {component}";

    /// <summary>A variance is not positive.</summary>
    public static InvalidMixtureException Variance(CovarianceStructure structure, int component, int coordinate, double variance) =>
        double.IsFinite(variance)
        ? new($"{Name(structure, component)} is not positive definite: variance {coordinate} is {variance:R}.")
        : NotFinite(structure, component);

    /// <summary>A value is NaN or infinite.</summary>
    public static InvalidMixtureException NotFinite(CovarianceStructure structure, int component) =>
        new($"{Name(structure, component)} contains a value that is not finite.");

    /// <summary>All variances are positive, but the matrix is not positive definite.</summary>
    public static InvalidMixtureException NotPositiveDefinite(CovarianceStructure structure, int component) =>
        new($"{Name(structure, component)} is not positive definite.");
}
