using GmmNative.Cli.Endings;
using GmmNative.Cli.Input;

namespace GmmNative.Cli.Training;

/// <summary>Reads the starting model or background model of a training and makes it agree with the command line.</summary>
internal static class StartingModel
{
    /// <summary>
    /// Reads a model before the vectors, because its column names determine which columns are read. Returns <see langword="null"/> for a
    /// <c>.gmm</c> file, which has no names.
    /// </summary>
    public static GaussianMixture? LoadNamed(string? path) =>
        path is null || ModelInput.IsRaw(path) ? null : ModelInput.Load(path, null, null);

    /// <summary>
    /// Checks a model for vectors of dimension <paramref name="dimension"/>. Reads the model first if it could not be read before the
    /// vectors.
    /// </summary>
    /// <exception cref="GmmException">The file cannot be read, or its model has another dimension or number of components.</exception>
    /// <param name="option">The option that names the file.</param>
    /// <param name="path">The file.</param>
    /// <param name="named">The model, if it could be read before the vectors.</param>
    /// <param name="dimension">D.</param>
    /// <param name="componentCount">K, or <see langword="null"/> for the number of components of the model.</param>
    /// <param name="fewerSuffice">Whether the model may have fewer components, which training then splits.</param>
    public static GaussianMixture Load(
        string option, string path, GaussianMixture? named, int dimension, int? componentCount, bool fewerSuffice)
    {
        GaussianMixture model = named ?? ModelInput.Load(path, dimension, componentCount);
        if (model.Dimension != dimension)
        {
            throw new ModelFileException(
                $"{option} {path}: the model has dimension {model.Dimension}, but the vectors have dimension {dimension}.");
        }

        if (componentCount is { } wanted && (fewerSuffice ? model.ComponentCount > wanted : model.ComponentCount != wanted))
        {
            string hint = fewerSuffice ? "; components can be split, but not removed" : "";
            throw new ModelFileException(
                $"{option} {path}: the model has {model.ComponentCount} components, but -k specifies {wanted}{hint}.");
        }

        return model;
    }

    /// <summary>
    /// Returns the model with the structure to be trained. A file with K x D x D covariances may not specify its blocks (a .gmm file
    /// cannot). The only requirement is that all entries outside the blocks are zero. Shared covariances are expanded, and covariances that
    /// are to be shared are averaged.
    /// </summary>
    /// <exception cref="ModelFileException">The model's covariances are not of that structure.</exception>
    public static GaussianMixture Conform(GaussianMixture model, CovarianceStructure structure, string option, string path)
    {
        if (model.Structure.Equals(structure))
        {
            return model;
        }

        if (model.Structure.IsShared || structure.IsShared)
        {
            return model.WithStructure(structure);
        }

        if (model.Structure.Storage.HoldsVariances || structure.Storage.HoldsVariances || HasEntriesOutside(model, structure))
        {
            throw new ModelFileException(
                $"{option} {path}: the model's covariances are {model.Structure}, but {structure} is to be trained; "
                + "specify the structure with --covariance and --block-size, or use another model.");
        }

        return model.WithStructure(structure);
    }

    /// <summary>Returns the model with its columns in the order of another model, if both have names.</summary>
    /// <exception cref="ModelFileException">The model has other columns, or a structure that does not allow reordering.</exception>
    public static GaussianMixture Order(GaussianMixture model, GaussianMixture? other, string option, string path)
    {
        if (model.Columns is null || other?.Columns is not { } names)
        {
            return model;
        }

        try
        {
            return model.OrderColumns(names);
        }
        catch (ArgumentException e)
        {
            throw new ModelFileException(
                $"{option} {path}: {ErrorReport.WithoutParameterName(e)} --ubm has the columns {string.Join(", ", names)}.", e);
        }
    }

    private static bool HasEntriesOutside(GaussianMixture model, CovarianceStructure structure)
    {
        int dimension = structure.Dimension;
        ReadOnlySpan<double> covariances = model.Covariances.Span;
        for (int i = 0; i < covariances.Length; i++)
        {
            int row = i / dimension % dimension;
            if (covariances[i] != 0 && !structure.IsKept(row, i % dimension))
            {
                return true;
            }
        }

        return false;
    }
}
