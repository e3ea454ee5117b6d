using GmmNative.Errors;

namespace GmmNative.Files.Models;

/// <summary>One format of model files. Implementations have no state.</summary>
internal interface IModelFormat
{
    /// <summary>The extension with its point, lower case.</summary>
    string Extension { get; }

    /// <summary>Reads a model.</summary>
    /// <param name="stream">The file from its start; it can seek and is not empty.</param>
    /// <param name="request">What the caller knows.</param>
    /// <param name="cancellationToken">Ends the checks of large covariances early.</param>
    /// <exception cref="FileProblemException">The file is not what it should be, or does not agree with the request.</exception>
    /// <exception cref="InvalidMixtureException">Its numbers are no Gaussian mixture.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    GaussianMixture Read(Stream stream, ModelRequest request, CancellationToken cancellationToken);

    /// <summary>Writes a model.</summary>
    /// <param name="stream">Where to; it need not seek.</param>
    /// <param name="model">The model.</param>
    void Write(Stream stream, GaussianMixture model);
}
