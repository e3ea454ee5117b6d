namespace GmmNative;

/// <summary>What draws the parameters towards those of another model: MAP adaptation from a universal background model.</summary>
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
    /// The universal background model that a training starts from and leans on: K components, dimension D; <see langword="null"/> [default]
    /// for none.
    /// </summary>
    public GaussianMixture? Ubm { get; init; }

    /// <summary>
    /// The weight of <see cref="Ubm"/> in each update, in [0, 1] [0]; requires a background model when it is not 0. The update counts a
    /// background component of weight w as alpha w further rows.
    /// </summary>
    public double Alpha { get; init; }
}
