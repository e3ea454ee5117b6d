namespace GmmNative;

/// <summary>How the starting model of a training is found, where none is given.</summary>
/// <example>
/// <code>
/// GmmOptions options = new() { Start = new() { Method = InitializationMethod.KMeansPlusPlus, Seed = 3 } };
/// </code>
/// </example>
public sealed record GmmStartOptions
{
    /// <summary>The method [<see cref="GaussianMixtureTrainer"/>: auto; <see cref="GaussianMixtureModeling"/>: Linde-Buzo-Gray].</summary>
    public InitializationMethod? Method { get; init; }

    /// <summary>
    /// The unit of the distances by which a start groups rows [<see cref="GaussianMixtureTrainer"/>: deviations;
    /// <see cref="GaussianMixtureModeling"/>: raw].
    /// </summary>
    public DistanceUnit? Distances { get; init; }

    /// <summary>Seed of everything random, which is the start only [0].</summary>
    public int Seed { get; init; }
}
