namespace GmmNative.Estimation.Steps;

/// <summary>What EM ended with.</summary>
/// <param name="Model">The fitted model.</param>
/// <param name="LogLikelihood">Log-likelihood of the model before its last update, or of the model itself where the best seen was not the
/// last; nats.</param>
/// <param name="StopReason">Why EM ended.</param>
/// <param name="History">The complete iterations, in order.</param>
internal sealed record EmOutcome(GaussianMixture Model, double LogLikelihood, StopReason StopReason, IReadOnlyList<EmIteration> History);
