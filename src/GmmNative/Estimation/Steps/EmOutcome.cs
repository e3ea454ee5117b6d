namespace GmmNative.Estimation.Steps;

/// <summary>The outcome of EM.</summary>
/// <param name="Model">The fitted model.</param>
/// <param name="LogLikelihood">
/// The log-likelihood of the model before its last update, in nats. If the best model seen is not the last, the log-likelihood of that
/// model itself.
/// </param>
/// <param name="Objective">The objective of the returned model or, for an objective of models before the update, of the last one.</param>
/// <param name="StopReason">Why EM ended.</param>
/// <param name="History">The complete iterations, in order.</param>
internal sealed record EmOutcome(
    GaussianMixture Model, double LogLikelihood, double Objective, StopReason StopReason, IReadOnlyList<EmIteration> History);
