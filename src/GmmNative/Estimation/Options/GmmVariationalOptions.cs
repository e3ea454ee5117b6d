namespace GmmNative;

/// <summary>
/// Options of variational training: the priors of a variational Bayesian mixture, as in scikit-learn's <c>BayesianGaussianMixture</c>.
/// </summary>
/// <remarks>
/// Variance floors, weight floors and regularization do not apply. Training ends when the lower bound of the log-evidence changes by less
/// than the tolerance in either direction. Names in parentheses are those of scikit-learn.
/// </remarks>
/// <example>
/// <code>
/// double[,] rows = { { 1.0, 2.1 }, { 0.9, 1.8 }, { 1.2, 2.0 }, { 8.1, 9.0 }, { 8.4, 8.8 }, { 7.9, 9.3 } };
/// GmmOptions options = new()
/// {
///     Prior = new() { Variational = new() { Weights = WeightPrior.DirichletProcess, Concentration = 0.1 } },
/// };
/// GmmFitResult result = new GaussianMixtureTrainer(components: 4, options).Fit(rows);
/// Console.WriteLine($"lower bound {result.LowerBound:F4}, weights {string.Join(", ", result.Model.Weights.ToArray())}");
/// </code>
/// </example>
public sealed record GmmVariationalOptions
{
    /// <summary>The prior of the weights (<c>weight_concentration_prior_type</c>). The default is a Dirichlet distribution.</summary>
    public WeightPrior Weights { get; init; }

    /// <summary>
    /// The concentration of the prior of the weights, positive (<c>weight_concentration_prior</c>). The default is 1/K. Small values give
    /// few components with large weights.
    /// </summary>
    public double? Concentration { get; init; }

    /// <summary>
    /// The precision of the prior of the means, positive: the number of rows that the prior mean counts as (<c>mean_precision_prior</c>).
    /// The default is 1.
    /// </summary>
    public double MeanPrecision { get; init; } = 1;

    /// <summary>
    /// The degrees of freedom of the prior of the covariances, above D - 1 (<c>degrees_of_freedom_prior</c>). The default is D.
    /// </summary>
    public double? DegreesOfFreedom { get; init; }

    /// <summary>The prior mean, D numbers (<c>mean_prior</c>); empty, the default, for the mean of the rows.</summary>
    public ReadOnlyMemory<double> Mean { get; init; }

    /// <summary>
    /// The prior covariance (<c>covariance_prior</c>), in the layout of one covariance of the model: D variances if
    /// <see cref="CovarianceStructure.IsDiagonalStorage"/>, otherwise D x D, row-major, symmetric, positive definite; entries outside the
    /// structure are not used. Empty, the default, for the covariance of the rows, computed with T - 1, within the structure.
    /// </summary>
    public ReadOnlyMemory<double> Covariance { get; init; }
}
