namespace GmmNative;

/// <summary>
/// Numbers that are no Gaussian mixture: weights that do not sum to one, a covariance that is not positive definite, a value that is not
/// finite.
/// </summary>
public sealed class InvalidMixtureException : GmmException
{
    /// <summary>Makes the exception.</summary>
    public InvalidMixtureException(string message)
        : base(message)
    {
    }
}
