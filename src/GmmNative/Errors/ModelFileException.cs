namespace GmmNative;

/// <summary>The exception for a model file that cannot be read or written, or that does not contain a Gaussian mixture.</summary>
public sealed class ModelFileException : GmmException
{
    /// <summary>Creates the exception.</summary>
    public ModelFileException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
