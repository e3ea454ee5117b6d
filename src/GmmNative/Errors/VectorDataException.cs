namespace GmmNative;

/// <summary>
/// The exception for rows that cannot be used: a file that cannot be read as vectors, a value that is not finite, or a wrong dimension.
/// </summary>
/// <example>
/// <code>
/// try
/// {
///     GaussianMixture.Fit((double[][])[[1, 2], [3]], components: 1);
/// }
/// catch (VectorDataException e)
/// {
///     Console.Error.WriteLine(e.Message);   // Row 2 has length 1, but row 1 has length 2; all rows need the same length.
/// }
/// </code>
/// </example>
public sealed class VectorDataException : GmmException
{
    /// <summary>Creates the exception.</summary>
    public VectorDataException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
