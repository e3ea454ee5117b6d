namespace GmmNative;

/// <summary>A model that was read from a file, and its scorer. Immutable and thread-safe.</summary>
/// <param name="Model">The mixture.</param>
/// <param name="Scorer">The scorer of the mixture.</param>
/// <param name="LoadedAt">The time when the file was read.</param>
/// <example>
/// <code>
/// using GaussianMixtureProvider mixture = new("model.npz");
/// LoadedMixture now = mixture.Current;   // one consistent model, even if the file changes in the meantime
/// double[] posterior = new double[now.Model.ComponentCount];
/// double logDensity = now.Scorer.Posterior([1.5, 2.5], posterior);
/// </code>
/// </example>
public sealed record LoadedMixture(GaussianMixture Model, MixtureScorer Scorer, DateTimeOffset LoadedAt);
