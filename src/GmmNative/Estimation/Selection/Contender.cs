namespace GmmNative.Estimation.Selection;

/// <summary>A start in a <see cref="Tournament"/>.</summary>
/// <param name="Number">The number of the start, from 0, in the order in which starts were added.</param>
/// <param name="Model">The model after the iterations so far.</param>
/// <param name="LogLikelihood">The log-likelihood of the model, in nats; negative infinity before the first iteration.</param>
/// <param name="IsFloored">Whether a floor raised a covariance in the last iteration.</param>
internal sealed record Contender(int Number, GaussianMixture Model, double LogLikelihood, bool IsFloored);
