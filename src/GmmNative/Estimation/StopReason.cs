namespace GmmNative;

/// <summary>Why EM ended.</summary>
public enum StopReason
{
    /// <summary>The log-likelihood rose by less than the tolerance, or fell.</summary>
    Converged,

    /// <summary>The number of iterations asked for was done.</summary>
    IterationLimit,

    /// <summary>The caller cancelled; the result holds the last complete iteration.</summary>
    Cancelled,
}
