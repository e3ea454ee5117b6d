namespace GmmNative;

/// <summary>A model file cannot be read or written, or what it holds is no Gaussian mixture.</summary>
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
    /// <summary>Makes the exception.</summary>
    public ModelFileException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
