namespace GmmNative;

/// <summary>Options of the end of a training.</summary>
/// <example>
/// <code>
/// GmmOptions options = new() { Stopping = new() { Iterations = 50, Tolerance = 1e-4 } };
/// </code>
/// </example>
public sealed record GmmStoppingOptions
{
    /// <summary>
    /// The maximum number of EM iterations, at least 1 (<c>n_iter</c>). The default is 300 (diffsptk: 100); 1 for an adaptation with
    /// <see cref="GmmPriorOptions.Relevance"/>.
    /// </summary>
    public int? Iterations { get; init; }

    /// <summary>
    /// The tolerance of the stopping test in nats, at least 0 (<c>eps</c>). The default is 1e-5. EM stops after the update of an iteration
    /// whose log-likelihood exceeds that of the iteration before by less than the tolerance. <see cref="ToleranceOn"/> selects the total or
    /// the average log-likelihood. With 0, EM stops early only if the log-likelihood falls by more than rounding.
    /// </summary>
    public double Tolerance { get; init; } = 1e-5;

    /// <summary>
    /// The log-likelihood that <see cref="Tolerance"/> applies to. The default is the average (diffsptk: the total).
    /// </summary>
    public ToleranceTarget? ToleranceOn { get; init; }

    /// <summary>
    /// The stopping test. The default is <see cref="StoppingTest.Rise"/> (diffsptk: <see cref="StoppingTest.SignedRise"/>). Variational
    /// training always uses <see cref="StoppingTest.Change"/>, with the lower bound in place of the log-likelihood.
    /// </summary>
    public StoppingTest? Test { get; init; }
}
