namespace GmmNative;

/// <summary>
/// The exception for parameters that do not form a Gaussian mixture: weights that do not sum to one, a covariance that is not positive
/// definite, or a value that is not finite.
/// </summary>
public sealed class InvalidMixtureException : GmmException
{
    /// <summary>Creates the exception.</summary>
    public InvalidMixtureException(string message)
        : base(message)
    {
    }
}
