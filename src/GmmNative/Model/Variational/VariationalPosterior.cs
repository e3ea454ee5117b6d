using GmmNative.Model.Variational;

namespace GmmNative;

/// <summary>
/// The parameters of the variational posterior of a mixture that its weights, means and covariances do not contain. Immutable and
/// validated.
/// </summary>
/// <remarks>
/// A model with a posterior (<see cref="GaussianMixture.Variational"/>) has log-densities, posteriors and labels that average over the
/// uncertainty of its parameters, as in scikit-learn's <c>BayesianGaussianMixture</c>, whose attributes have the same names. The weights,
/// means and covariances of the model are point estimates: <c>weights_</c>, <c>means_</c> and <c>covariances_</c>. Thread-safe.
/// </remarks>
/// <example>
/// <code>
/// GaussianMixture estimates = new(
///     new CovarianceStructure(CovarianceKind.Diagonal, dimension: 1), weights: [0.25, 0.75], means: [0, 5], covariances: [1, 2]);
/// VariationalPosterior posterior = new(
///     WeightPrior.DirichletDistribution, weightConcentration: [5, 15], meanPrecision: [6, 16], degreesOfFreedom: [6, 16]);
/// double[] logDensities = estimates.WithVariational(posterior).LogDensities(new double[,] { { 0.1 }, { 4.8 } });
/// </code>
/// </example>
public sealed class VariationalPosterior
{
    private readonly double[] _concentration;
    private readonly double[] _meanPrecision;
    private readonly double[] _degrees;

    /// <summary>Creates a posterior from copies of its parameters.</summary>
    /// <param name="weightPrior">The prior of the weights.</param>
    /// <param name="weightConcentration">
    /// K concentrations of the Dirichlet distribution; for the Dirichlet process 2 x K, the first and then the second parameters of the
    /// beta distributions. Positive and finite.
    /// </param>
    /// <param name="meanPrecision">K precisions of the means, in units of those of the components. Positive and finite.</param>
    /// <param name="degreesOfFreedom">
    /// K degrees of freedom of the Wishart distributions of the precisions, or one for all components. Each is finite and above D - 1.
    /// </param>
    /// <exception cref="ArgumentException">The lengths do not agree, or a number is not in its range.</exception>
    public VariationalPosterior(
        WeightPrior weightPrior, ReadOnlySpan<double> weightConcentration, ReadOnlySpan<double> meanPrecision,
        ReadOnlySpan<double> degreesOfFreedom)
    {
        if (!Enum.IsDefined(weightPrior))
        {
            throw new ArgumentOutOfRangeException(nameof(weightPrior), $"{weightPrior} is not a prior of the weights.");
        }

        int components = meanPrecision.Length;
        int expected = weightPrior == WeightPrior.DirichletProcess ? checked(2 * components) : components;
        if (components == 0 || weightConcentration.Length != expected)
        {
            throw new ArgumentException(
                $"There are {weightConcentration.Length} weight concentrations and {components} mean precisions, but K components have "
                + $"{(weightPrior == WeightPrior.DirichletProcess ? "2 K" : "K")} concentrations and K precisions.",
                nameof(weightConcentration));
        }

        if (degreesOfFreedom.Length != components && degreesOfFreedom.Length != 1)
        {
            throw new ArgumentException(
                $"There are {degreesOfFreedom.Length} degrees of freedom for {components} components, not {components} or 1.",
                nameof(degreesOfFreedom));
        }

        WeightPrior = weightPrior;
        _concentration = Positive(weightConcentration, "weight concentration", nameof(weightConcentration));
        _meanPrecision = Positive(meanPrecision, "mean precision", nameof(meanPrecision));
        _degrees = Positive(degreesOfFreedom, "degrees of freedom", nameof(degreesOfFreedom));
    }

    /// <summary>The prior of the weights.</summary>
    public WeightPrior WeightPrior { get; }

    /// <summary>
    /// The concentrations of the Dirichlet distribution (K), or the parameters of the beta distributions of the Dirichlet process (2 x K,
    /// row-major).
    /// </summary>
    public ReadOnlyMemory<double> WeightConcentration => _concentration;

    /// <summary>The K precisions of the means, in units of the precisions of the components.</summary>
    public ReadOnlyMemory<double> MeanPrecision => _meanPrecision;

    /// <summary>The degrees of freedom of the Wishart distributions of the precisions: K, or one number for all components.</summary>
    public ReadOnlyMemory<double> DegreesOfFreedom => _degrees;

    /// <summary>The number of components, K.</summary>
    internal int ComponentCount => _meanPrecision.Length;

    /// <summary>Checks that the posterior belongs to a model of K components and dimension D.</summary>
    /// <exception cref="ArgumentException">It does not.</exception>
    internal void Check(int components, int dimension)
    {
        if (components != ComponentCount)
        {
            throw new ArgumentException(
                $"The variational posterior has {ComponentCount} components, but the model has {components}.");
        }

        int low = Array.FindIndex(_degrees, degrees => !(degrees > dimension - 1));
        if (low >= 0)
        {
            throw new ArgumentException(
                $"The degrees of freedom of component {low} are {_degrees[low]}, but must be above D - 1 = {dimension - 1}.");
        }
    }

    /// <summary>Returns the degrees of freedom of a component.</summary>
    internal double Degrees(int component) => _degrees[_degrees.Length == 1 ? 0 : component];

    /// <summary>Computes the point estimates of the K weights: their expected values under the posterior.</summary>
    internal double[] ExpectedWeights()
    {
        double[] weights = new double[ComponentCount];
        double rest = 1;
        for (int k = 0; k < weights.Length; k++)
        {
            if (WeightPrior == WeightPrior.DirichletDistribution)
            {
                weights[k] = _concentration[k];
                continue;
            }

            double both = _concentration[k] + _concentration[weights.Length + k];
            weights[k] = rest * (_concentration[k] / both);
            rest *= _concentration[weights.Length + k] / both;
        }

        double sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }

    /// <summary>
    /// Computes, for each component, the term that takes the place of the logarithm of its weight in the E-step:
    /// E[log pi_k] + (E[log |Lambda_k|] - log |Lambda_k| - D / beta_k) / 2, with the precision Lambda_k at its point estimate.
    /// </summary>
    /// <remarks>
    /// Bishop, Pattern Recognition and Machine Learning, 10.64 to 10.66. As in scikit-learn, structures with fewer entries than a full
    /// covariance have the same terms.
    /// </remarks>
    /// <param name="dimension">D.</param>
    internal double[] LogOffsets(int dimension)
    {
        double[] offsets = ExpectedLogWeights();
        for (int k = 0; k < offsets.Length; k++)
        {
            double degrees = Degrees(k);
            double sum = 0;
            for (int i = 0; i < dimension; i++)
            {
                sum += GammaFunctions.Digamma(0.5 * (degrees - i));
            }

            offsets[k] += 0.5 * (sum + (dimension * (Math.Log(2 / degrees) - (1 / _meanPrecision[k]))));
        }

        return offsets;
    }

    /// <summary>Computes E[log pi_k] of the K weights.</summary>
    private double[] ExpectedLogWeights()
    {
        double[] logs = new double[ComponentCount];
        if (WeightPrior == WeightPrior.DirichletDistribution)
        {
            double whole = GammaFunctions.Digamma(_concentration.Sum());
            return [.. _concentration.Select(concentration => GammaFunctions.Digamma(concentration) - whole)];
        }

        double rest = 0;
        for (int k = 0; k < logs.Length; k++)
        {
            double other = _concentration[logs.Length + k];
            double both = GammaFunctions.Digamma(_concentration[k] + other);
            logs[k] = GammaFunctions.Digamma(_concentration[k]) - both + rest;
            rest += GammaFunctions.Digamma(other) - both;
        }

        return logs;
    }

    private static double[] Positive(ReadOnlySpan<double> values, string what, string name)
    {
        foreach (double value in values)
        {
            if (!(value > 0 && double.IsFinite(value)))
            {
                throw new ArgumentException($"A {what} is {value}, but must be positive and finite.", name);
            }
        }

        return values.ToArray();
    }
}
