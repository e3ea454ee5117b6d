using GmmNative.Errors;

namespace GmmNative.Files.Models;

/// <summary>A format of model files. Implementations have no state.</summary>
internal interface IModelFormat
{
    /// <summary>The extension with its period, in lower case.</summary>
    string Extension { get; }

    /// <summary>Whether the format stores the variational posterior of a model.</summary>
    bool HasVariational => true;

    /// <summary>Reads a model.</summary>
    /// <param name="stream">The file from its start. It is seekable and not empty.</param>
    /// <param name="request">The expectations of the caller.</param>
    /// <param name="cancellationToken">Ends the checks of large covariances early.</param>
    /// <exception cref="FileProblemException">The file is not of this format, is damaged, or contradicts the request.</exception>
    /// <exception cref="InvalidMixtureException">The numbers do not form a Gaussian mixture.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    GaussianMixture Read(Stream stream, ModelRequest request, CancellationToken cancellationToken);

    /// <summary>Writes a model.</summary>
    /// <param name="stream">The output, which need not be seekable.</param>
    /// <param name="model">The model.</param>
    void Write(Stream stream, GaussianMixture model);
}
