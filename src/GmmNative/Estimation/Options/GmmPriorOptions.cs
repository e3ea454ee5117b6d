namespace GmmNative;

/// <summary>Options of the prior: MAP adaptation from a universal background model.</summary>
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
}
