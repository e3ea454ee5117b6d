namespace GmmNative;

/// <summary>Why EM ended.</summary>
/// <example>
/// <code>
/// double[,] rows = { { 1.0, 2.1 }, { 0.9, 1.8 }, { 8.1, 9.0 }, { 8.4, 8.8 } };
/// bool isConverged = new GaussianMixtureTrainer(2).Fit(rows).StopReason == StopReason.Converged;
/// </code>
/// </example>
public enum StopReason
{
    /// <summary>The log-likelihood rose by less than the tolerance or, with <see cref="StoppingTest.SignedRise"/>, fell.</summary>
    Converged,

    /// <summary>The maximum number of iterations was reached.</summary>
    IterationLimit,

    /// <summary>The caller canceled. The result contains the model of the last complete iteration.</summary>
    Cancelled,

    /// <summary>
    /// The log-likelihood, or the lower bound of variational training, fell by more than rounding explains, although it cannot fall. The
    /// result contains the best model seen.
    /// </summary>
    Fell,
}
