namespace GmmNative;

/// <summary>Options of the prior: MAP adaptation from a universal background model, or variational training.</summary>
/// <example>
/// <code>
/// double[,] everybody = { { 1.0, 2.1 }, { 0.9, 1.8 }, { 8.1, 9.0 }, { 8.4, 8.8 } };
/// double[,] speaker = { { 1.2, 2.0 }, { 1.1, 2.2 }, { 7.9, 9.3 } };
/// GaussianMixture ubm = GaussianMixture.Fit(everybody, 2);
/// GaussianMixture adapted = GaussianMixture.Fit(speaker, 2, new GmmOptions { Prior = new() { Ubm = ubm, Alpha = 0.5 } });
/// </code>
/// </example>
public sealed record GmmPriorOptions
{
    /// <summary>
    /// The universal background model of MAP adaptation, which is the start and the prior: K components of dimension D (<c>ubm</c>). The
    /// default is <see langword="null"/>.
    /// </summary>
    public GaussianMixture? Ubm { get; init; }

    /// <summary>
    /// The weight of <see cref="Ubm"/> in the update, in [0, 1] (<c>alpha</c>). The default is 0. Other values require a background model.
    /// The update counts a background component of weight w as alpha w further rows.
    /// </summary>
    public double Alpha { get; init; }

    /// <summary>
    /// The relevance factor r of MAP adaptation after Reynolds, Quatieri and Dunn (2000), at least 0; <see langword="null"/>, the default,
    /// for none. It requires <see cref="Ubm"/> and excludes <see cref="Alpha"/>. A component with N_k rows keeps the share
    /// r / (N_k + r) of the background model. With 0, components that have rows get their maximum likelihood estimates. The default of
    /// <see cref="GmmStoppingOptions.Iterations"/> is then 1. Further iterations take the posteriors from the adapted model, and everything
    /// else from the background model.
    /// </summary>
    public double? Relevance { get; init; }

    /// <summary>
    /// The parameters that an adaptation with <see cref="Relevance"/> changes. The others are those of <see cref="Ubm"/>. The default is
    /// the means.
    /// </summary>
    public MixtureParameters Adapted { get; init; } = MixtureParameters.Means;

    /// <summary>
    /// Trains a variational Bayesian mixture with these priors; <see langword="null"/>, the default, for EM. It excludes
    /// <see cref="Alpha"/>, <see cref="Relevance"/> and <see cref="GmmUpdateOptions.Frozen"/>.
    /// </summary>
    public GmmVariationalOptions? Variational { get; init; }
}
