namespace GmmNative;

/// <summary>The exception for a model file that cannot be read or written, or that does not contain a Gaussian mixture.</summary>
/// <example>
/// <code>
/// try
/// {
///     GaussianMixture model = ModelFile.Load("model.npz");
/// }
/// catch (ModelFileException e)
/// {
///     Console.Error.WriteLine(e.Message);
/// }
/// </code>
/// </example>
public sealed class ModelFileException : GmmException
{
    /// <summary>Creates the exception.</summary>
    public ModelFileException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
