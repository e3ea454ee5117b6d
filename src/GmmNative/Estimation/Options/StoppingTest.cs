namespace GmmNative;

/// <summary>The criterion for convergence of EM, and the meaning of a fall of the log-likelihood.</summary>
/// <example>
/// <code>
/// GmmOptions options = new() { Stopping = new() { Test = StoppingTest.Change, Tolerance = 1e-3 } };
/// </code>
/// </example>
public enum StoppingTest
{
    /// <summary>
    /// EM stops if the objective rises by less than the tolerance. If the M-step is an exact maximization, a fall by more than rounding
    /// also stops EM, with <see cref="StopReason.Fell"/>. Otherwise a fall counts as no rise. The best model seen is returned.
    /// </summary>
    Rise,

    /// <summary>
    /// The signed test of diffsptk: EM stops if the log-likelihood rises by less than the tolerance, or falls. The last model is returned.
    /// </summary>
    SignedRise,

    /// <summary>
    /// The test of scikit-learn: EM stops if the log-likelihood changes by less than the tolerance in either direction. The best model seen
    /// is returned.
    /// </summary>
    Change,
}
