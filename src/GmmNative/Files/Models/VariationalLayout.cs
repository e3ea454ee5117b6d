using GmmNative.Errors;
using GmmNative.Files.Npy;

namespace GmmNative.Files.Models;

/// <summary>
/// The names and shapes of the arrays of a variational posterior, which <c>.npz</c> and <c>.json</c> share. The names are those of
/// scikit-learn's <c>BayesianGaussianMixture</c>.
/// </summary>
internal static class VariationalLayout
{
    /// <summary>The name of the kind of the prior of the weights, a text.</summary>
    public const string PriorType = "weight_concentration_prior_type";

    /// <summary>The name of the K or 2 x K concentrations.</summary>
    public const string Concentration = "weight_concentration";

    /// <summary>The name of the K precisions of the means.</summary>
    public const string MeanPrecision = "mean_precision";

    /// <summary>The name of the degrees of freedom, K or one number.</summary>
    public const string DegreesOfFreedom = "degrees_of_freedom";

    private const string DistributionName = "dirichlet_distribution";
    private const string ProcessName = "dirichlet_process";

    /// <summary>Returns the text of <see cref="PriorType"/>.</summary>
    public static string NameOf(WeightPrior prior) => prior == WeightPrior.DirichletProcess ? ProcessName : DistributionName;

    /// <summary>Returns the shape of the concentrations of K components.</summary>
    public static long[] ConcentrationShape(WeightPrior prior, long components) =>
        prior == WeightPrior.DirichletProcess ? [2, components] : [components];

    /// <summary>Checks the shapes of the arrays and determines the kind of the prior of the weights.</summary>
    /// <param name="type">The text of <see cref="PriorType"/>, or <see langword="null"/> if it is missing.</param>
    /// <param name="concentration">The shape, or <see langword="null"/> if the array is missing; the others likewise.</param>
    /// <param name="precision">The shape of the precisions.</param>
    /// <param name="degrees">The shape of the degrees of freedom.</param>
    /// <param name="components">K.</param>
    /// <returns>The kind, or <see langword="null"/> if the file has no posterior.</returns>
    /// <exception cref="FileProblemException">An array is missing or has the wrong shape, or the text is unknown.</exception>
    public static WeightPrior? Determine(string? type, long[]? concentration, long[]? precision, long[]? degrees, long components)
    {
        if (type is null && concentration is null && precision is null && degrees is null)
        {
            return null;
        }

        if (concentration is null || precision is null || degrees is null)
        {
            string missing = concentration is null ? Concentration : precision is null ? MeanPrecision : DegreesOfFreedom;
            throw new FileProblemException(
                $"it has no '{missing}': a variational model needs '{Concentration}', '{MeanPrecision}' and '{DegreesOfFreedom}'.");
        }

        WeightPrior prior = type switch
        {
            DistributionName => WeightPrior.DirichletDistribution,
            ProcessName => WeightPrior.DirichletProcess,
            null => concentration.Length == 2 ? WeightPrior.DirichletProcess : WeightPrior.DirichletDistribution,
            _ => throw new FileProblemException(
                $"'{PriorType}' is {MessageText.Quote(type)}, but only {DistributionName} and {ProcessName} are known."),
        };
        Require(Concentration, concentration, ConcentrationShape(prior, components));
        Require(MeanPrecision, precision, [components]);
        if (degrees is not [1])
        {
            Require(DegreesOfFreedom, degrees, [components]);
        }

        return prior;
    }

    /// <summary>Returns the model with a posterior.</summary>
    /// <exception cref="FileProblemException">A number is not in its range.</exception>
    public static GaussianMixture Attach(
        GaussianMixture model, WeightPrior prior, double[] concentration, double[] precision, double[] degrees)
    {
        try
        {
            return model.WithVariational(new VariationalPosterior(prior, concentration, precision, degrees));
        }
        catch (ArgumentException e)
        {
            // The name of a parameter of the constructor would follow the message.
            throw new FileProblemException(e.Message.Split(" (Parameter", 2)[0], null, e);
        }
    }

    private static void Require(string name, long[] shape, long[] expected)
    {
        if (!shape.AsSpan().SequenceEqual(expected))
        {
            throw new FileProblemException(
                $"'{name}' has shape {ArrayShape.Text(shape)}, but the expected shape is {ArrayShape.Text(expected)}.");
        }
    }
}
