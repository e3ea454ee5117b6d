namespace GmmNative;

/// <summary>When EM has converged, and what a fall of the log-likelihood means.</summary>
/// <example>
/// <code>
/// GmmOptions options = new() { Stopping = new() { Test = StoppingTest.Change, Tolerance = 1e-3 } };
/// </code>
/// </example>
public enum StoppingTest
{
    /// <summary>
    /// EM stops when the objective rises by less than the tolerance. A fall by more than rounding ends it too, with <see
    /// cref="StopReason.Fell"/>,
    /// where EM cannot fall; elsewhere a fall counts as no rise. The best model seen is returned.
    /// </summary>
    Rise,

    /// <summary>
    /// The reference's signed test: EM stops when the log-likelihood rises by less than the tolerance, or falls. The last model is
    /// returned.
    /// </summary>
    SignedRise,

    /// <summary>
    /// scikit-learn's: EM stops when the log-likelihood changes by less than the tolerance, in either direction. The best model seen is
    /// returned.
    /// </summary>
    Change,
}
