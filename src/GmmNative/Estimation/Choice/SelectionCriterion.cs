namespace GmmNative;

/// <summary>The criterion by which <see cref="ModelSelection"/> chooses a model.</summary>
/// <example>
/// <code>
/// ModelSelection selection = new(components: [1, 2, 3]) { Criterion = SelectionCriterion.Icl };
/// </code>
/// </example>
public enum SelectionCriterion
{
    /// <summary>The Bayesian information criterion, <see cref="MixtureCriteria.Bic"/>. The smallest value is chosen.</summary>
    Bic,

    /// <summary>Akaike's information criterion, <see cref="MixtureCriteria.Aic"/>. The smallest value is chosen.</summary>
    Aic,

    /// <summary>The integrated completed likelihood, <see cref="MixtureCriteria.Icl"/>. The smallest value is chosen.</summary>
    Icl,

    /// <summary>
    /// The average log-likelihood of rows that were not used in training, <see cref="ModelSelectionRow.HeldOutLogLikelihood"/>. The largest
    /// value is chosen.
    /// </summary>
    HeldOut,
}
