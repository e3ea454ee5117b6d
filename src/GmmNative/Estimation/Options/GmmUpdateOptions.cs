namespace GmmNative;

/// <summary>Options of the update of the parameters.</summary>
/// <example>
/// <code>
/// GmmOptions options = new() { Update = new() { WeightFloor = 1e-3 } };
/// </code>
/// </example>
public sealed record GmmUpdateOptions
{
    /// <summary>The minimum weight, in [0, 1/K] (<c>weight_floor</c>). The default is the smaller of 1e-5 and 1/K.</summary>
    public double? WeightFloor { get; init; }

    /// <summary>
    /// The parameters that keep the bits of the first model: the starting model, or the model that the start makes. The default is none.
    /// No floor applies to frozen parameters. Frozen means with free covariances give covariances about these means.
    /// </summary>
    public MixtureParameters Frozen { get; init; }
}
