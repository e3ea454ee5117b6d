namespace GmmNative;

/// <summary>When a training ends.</summary>
/// <example>
/// <code>
/// GmmOptions options = new() { Stopping = new() { Iterations = 50, Tolerance = 1e-4 } };
/// </code>
/// </example>
public sealed record GmmStoppingOptions
{
    /// <summary>
    /// Maximum number of EM iterations, at least 1 [<see cref="GaussianMixtureTrainer"/>: 300; <see cref="GaussianMixtureModeling"/>: 100].
    /// </summary>
    public int? Iterations { get; init; }

    /// <summary>
    /// At least 0, in nats [1e-5]. EM stops when the log-likelihood of an iteration after the first exceeds the previous one by less than
    /// this, after the update. <see cref="ToleranceOn"/> specifies whether the total or the average is meant. With 0, EM stops only when
    /// the log-likelihood falls by more than rounding.
    /// </summary>
    public double Tolerance { get; init; } = 1e-5;

    /// <summary>
    /// The log-likelihood that <see cref="Tolerance"/> refers to [<see cref="GaussianMixtureTrainer"/>: average;
    /// <see cref="GaussianMixtureModeling"/>: total].
    /// </summary>
    public ToleranceTarget? ToleranceOn { get; init; }

    /// <summary>
    /// When EM has converged, and what a fall of the log-likelihood means [<see cref="GaussianMixtureTrainer"/>: rise;
    /// <see cref="GaussianMixtureModeling"/>: signed rise].
    /// </summary>
    public StoppingTest? Test { get; init; }
}
