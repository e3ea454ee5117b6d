using GmmNative.Cli.Endings;

namespace GmmNative.Cli.Input;

/// <summary>Makes a second model agree with the first one.</summary>
internal static class BackgroundModel
{
    /// <summary>Returns a model with its columns in the order of another model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="name">The name of the model in messages.</param>
    /// <param name="other">The other model.</param>
    /// <param name="otherName">The name of the other model in messages.</param>
    /// <exception cref="ModelFileException">
    /// The models differ in dimension or in the names of columns, or the structure does not allow reordering.
    /// </exception>
    public static GaussianMixture Conform(GaussianMixture model, string name, GaussianMixture other, string otherName)
    {
        if (model.Dimension != other.Dimension)
        {
            throw new ModelFileException(
                $"{name}: the model has dimension {model.Dimension}, but the model {otherName} has dimension {other.Dimension}; "
                + "use models of the same columns.");
        }

        try
        {
            return GaussianMixtureComparison.InOrderOf(other, model);
        }
        catch (ArgumentException e)
        {
            throw new ModelFileException(
                $"{name}: {ErrorReport.WithoutParameterName(e)} The columns of {otherName} are {string.Join(", ", other.Columns!)}.", e);
        }
    }
}
