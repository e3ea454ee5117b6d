namespace GmmNative;

/// <summary>Which log-likelihood the stopping test looks at.</summary>
/// <example>
/// <code>
/// GmmOptions options = new() { Stopping = new() { Tolerance = 1e-4, ToleranceOn = ToleranceTarget.Average } };
/// </code>
/// </example>
public enum ToleranceTarget
{
    /// <summary>The sum over all rows, as the reference does.</summary>
    Total,

    /// <summary>The average over rows, as SPTK does.</summary>
    Average,
}
