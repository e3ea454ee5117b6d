namespace GmmNative;

/// <summary>The log-likelihood that the tolerance of the stopping test applies to.</summary>
/// <example>
/// <code>
/// GmmOptions options = new() { Stopping = new() { Tolerance = 1e-4, ToleranceOn = ToleranceTarget.Average } };
/// </code>
/// </example>
public enum ToleranceTarget
{
    /// <summary>The sum over all rows, as in diffsptk.</summary>
    Total,

    /// <summary>The average over rows, as in SPTK.</summary>
    Average,
}
