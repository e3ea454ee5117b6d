namespace GmmNative;

/// <summary>
/// The data, a file or the work is at fault, not the call: the base of what this library throws apart from the
/// <see cref="ArgumentException"/> family. The message is one line: what, where, and what to do.
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
    /// <summary>Makes the exception.</summary>
    public GmmException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
