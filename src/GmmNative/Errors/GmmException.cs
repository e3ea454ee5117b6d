namespace GmmNative;

/// <summary>
/// The base of the exceptions for failures of data, files or computations. Wrong arguments throw exceptions of the
/// <see cref="ArgumentException"/> family instead. The message is one line: what is wrong, where, and what to do.
/// </summary>
/// <example>
/// <code>
/// try
/// {
///     using IVectorSource rows = VectorFile.Open("rows.npy");
///     ModelFile.Save(GaussianMixture.Fit(rows, components: 8), "model.npz");
/// }
/// catch (GmmException e)
/// {
///     Console.Error.WriteLine(e.Message);
/// }
/// </code>
/// </example>
public class GmmException : Exception
{
    /// <summary>Creates the exception.</summary>
    public GmmException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
