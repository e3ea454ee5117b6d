namespace GmmNative;

/// <summary>How EM is accelerated: with fewer passes over the rows for the same log-likelihood.</summary>
/// <example>
/// <code>
/// GmmOptions options = new() { Acceleration = Acceleration.Momentum, Stopping = new() { Tolerance = 1e-8 } };
/// </code>
/// </example>
public enum Acceleration
{
    /// <summary>Plain EM.</summary>
    None,

    /// <summary>
    /// Passes start from models that are extrapolated along the path of EM. An extrapolated model whose objective is lower than that of the
    /// last accepted model is rejected, and EM goes on from the result of the last accepted pass. The accepted objectives therefore never
    /// fall. A pass costs the same as in plain EM; rejected passes count as iterations.
    /// </summary>
    Momentum,

    /// <summary>
    /// <see cref="Momentum"/>, except where it does not apply or where the course of plain EM is expected: with a tolerance of 0, a
    /// background model, a stopping test other than <see cref="StoppingTest.Rise"/> (as presets have),
    /// <see cref="GaussianMixtureModeling"/>, variational training, and changes to covariances after their estimation.
    /// </summary>
    Auto,
}
