namespace GmmNative;

/// <summary>
/// The data, a file or the work is at fault, not the call: the base of what this library throws apart from the
/// <see cref="ArgumentException"/> family. The message is one line: what, where, and what to do.
/// </summary>
public class GmmException : Exception
{
    /// <summary>Makes the exception.</summary>
    public GmmException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
