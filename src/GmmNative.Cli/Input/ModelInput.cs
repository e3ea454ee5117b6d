using GmmNative.Cli.Endings;

namespace GmmNative.Cli.Input;

/// <summary>Reads models. Errors name the options that are missing.</summary>
internal static class ModelInput
{
    /// <summary>Reads a model.</summary>
    /// <param name="path">The file.</param>
    /// <param name="dimension">D, if it is known; only <c>.gmm</c> files need it.</param>
    /// <param name="componentCount">K, if it is known; only <c>.gmm</c> files need it.</param>
    /// <param name="cancellationToken">Ends the checks of large covariances early.</param>
    /// <exception cref="UsageException">The sizes of a <c>.gmm</c> file are not known.</exception>
    public static GaussianMixture Load(string path, int? dimension, int? componentCount, CancellationToken cancellationToken = default)
    {
        if (!IsRaw(path))
        {
            return ModelFile.Load(path, cancellationToken: cancellationToken);
        }

        if (dimension is null || componentCount is null)
        {
            throw new UsageException($"{path}: a .gmm file does not contain its size; add --dimension and -k");
        }

        return ModelFile.Load(path, dimension, componentCount, cancellationToken: cancellationToken);
    }

    /// <summary>Whether a model file contains only numbers.</summary>
    public static bool IsRaw(string path) => Path.GetExtension(path).Equals(".gmm", StringComparison.OrdinalIgnoreCase);
}
