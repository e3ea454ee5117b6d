namespace GmmNative;

/// <summary>What an update of the parameters does with them.</summary>
/// <example>
/// <code>
/// GmmOptions options = new() { Update = new() { WeightFloor = 1e-3 } };
/// </code>
/// </example>
public sealed record GmmUpdateOptions
{
    /// <summary>Minimum weight of a component, in [0, 1/K] [1e-5; 1/K where that is smaller].</summary>
    public double? WeightFloor { get; init; }
}
