using GmmNative.Cli.Endings;
using GmmNative.Cli.Input;

namespace GmmNative.Cli.Training;

/// <summary>A model that a training starts from or leans on, read from a file and made to agree with the command line.</summary>
internal static class StartingModel
{
    /// <summary>Reads a model whose names, if it has any, say which columns of the vectors are read: not a <c>.gmm</c>, which has
    /// none.</summary>
    public static GaussianMixture? LoadNamed(string? path) =>
        path is null || ModelInput.IsRaw(path) ? null : ModelInput.Load(path, null, null);

    /// <summary>Checks a model for vectors of dimension <paramref name="dimension"/>, and reads it where it could not be read before
    /// them.</summary>
    /// <exception cref="GmmException">The file cannot be read, or its model has another dimension or number of components.</exception>
    public static GaussianMixture Load(string option, string path, GaussianMixture? named, int dimension, int? componentCount)
    {
        GaussianMixture model = named ?? ModelInput.Load(path, dimension, componentCount);
        if (model.Dimension != dimension)
        {
            throw new ModelFileException(
                $"{option} {path}: the model has dimension {model.Dimension}, but the vectors have dimension {dimension}.");
        }

        if (componentCount is { } wanted && model.ComponentCount != wanted)
        {
            throw new ModelFileException($"{option} {path}: the model has {model.ComponentCount} components, but -k asks for {wanted}.");
        }

        return model;
    }

    /// <summary>
    /// The model with the structure that is to be trained. A file of K x D x D covariances need not tell its blocks (a .gmm file cannot):
    /// what counts is that it has no covariance outside of them.
    /// </summary>
    /// <exception cref="ModelFileException">The model's covariances are not of that structure.</exception>
    public static GaussianMixture Conform(GaussianMixture model, CovarianceStructure structure, string option, string path)
    {
        if (model.Structure.Equals(structure))
        {
            return model;
        }

        if (model.Structure.Storage.HoldsVariances || structure.Storage.HoldsVariances || HasEntriesOutside(model, structure))
        {
            throw new ModelFileException(
                $"{option} {path}: the model's covariances are {model.Structure}, but {structure} is to be trained; "
                + "say so with --covariance and --block-size, or use another model.");
        }

        return model.WithStructure(structure);
    }

    /// <summary>The model with its columns in the order of another one's, where both have names.</summary>
    /// <exception cref="ModelFileException">It has other columns, or a structure whose columns keep their order.</exception>
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
