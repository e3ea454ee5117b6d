using GmmNative.Cli.Endings;

namespace GmmNative.Cli.Input;

/// <summary>Reads models, and tells in the words of this program what is missing.</summary>
internal static class ModelInput
{
    /// <summary>Reads a model.</summary>
    /// <param name="path">The file.</param>
    /// <param name="dimension">D where it is known; only <c>.gmm</c> files need it.</param>
    /// <param name="componentCount">K where it is known; only <c>.gmm</c> files need it.</param>
    /// <param name="cancellationToken">Ends the checks of large covariances early.</param>
    /// <exception cref="UsageException">A <c>.gmm</c> file's sizes are not known.</exception>
    public static GaussianMixture Load(string path, int? dimension, int? componentCount, CancellationToken cancellationToken = default)
    {
        if (!IsRaw(path))
        {
            return ModelFile.Load(path, cancellationToken: cancellationToken);
        }

        if (dimension is null || componentCount is null)
        {
            throw new UsageException($"{path}: a .gmm file does not tell its size: give --dimension and -k");
        }

        return ModelFile.Load(path, dimension, componentCount, cancellationToken: cancellationToken);
    }

    /// <summary>Whether a model file holds nothing but numbers.</summary>
    public static bool IsRaw(string path) => Path.GetExtension(path).Equals(".gmm", StringComparison.OrdinalIgnoreCase);
}
