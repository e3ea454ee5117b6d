namespace GmmNative;

/// <summary>Rows cannot be used: a file that cannot be read as vectors, a value that is not a finite number, a wrong dimension.</summary>
public sealed class VectorDataException : GmmException
{
    /// <summary>Makes the exception.</summary>
    public VectorDataException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
