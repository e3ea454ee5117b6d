namespace GmmNative;

/// <summary>
/// The exception for rows that cannot be used: a file that cannot be read as vectors, a value that is not finite, or a wrong dimension.
/// </summary>
public sealed class VectorDataException : GmmException
{
    /// <summary>Creates the exception.</summary>
    public VectorDataException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
