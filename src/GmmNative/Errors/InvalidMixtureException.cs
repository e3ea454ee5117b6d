namespace GmmNative;

/// <summary>
/// The exception for parameters that do not form a Gaussian mixture: weights that do not sum to one, a covariance that is not positive
/// definite, or a value that is not finite.
/// </summary>
/// <example>
/// <code>
/// try
/// {
///     CovarianceStructure structure = new(CovarianceKind.Diagonal, dimension: 1);
///     GaussianMixture model = new(structure, weights: [1], means: [0], covariances: [-1]);
/// }
/// catch (InvalidMixtureException e)
/// {
///     Console.Error.WriteLine(e.Message);
/// }
/// </code>
/// </example>
public sealed class InvalidMixtureException : GmmException
{
    /// <summary>Creates the exception.</summary>
    public InvalidMixtureException(string message)
        : base(message)
    {
    }
}
