namespace GmmNative;

/// <summary>The prior of the weights in variational training.</summary>
/// <example>
/// <code>
/// GmmOptions options = new() { Prior = new() { Variational = new() { Weights = WeightPrior.DirichletProcess } } };
/// </code>
/// </example>
public enum WeightPrior
{
    /// <summary>A symmetric Dirichlet distribution of the K weights.</summary>
    DirichletDistribution,

    /// <summary>
    /// A Dirichlet process in the stick-breaking representation, truncated at K components. A priori, earlier components have larger
    /// weights.
    /// </summary>
    DirichletProcess,
}
