using GmmNative.Expectation;

namespace GmmNative.Maximization;

/// <summary>A new model, and the repairs that it needed. Arrays have K entries.</summary>
internal sealed class UpdateResult(int components)
{
    public GaussianMixture Model { get; set; } = null!;

    /// <summary>The factors of <see cref="Model"/>, if the update computed them.</summary>
    public MixtureFactors? Factors { get; set; }

    public bool[] Empty { get; } = new bool[components];

    public bool[] WeightFloored { get; } = new bool[components];

    /// <summary>Whether some weight was raised to a floor, which means that the update did not maximize the likelihood.</summary>
    public bool WeightFloorActed { get; set; }

    public bool[] VarianceFloored { get; } = new bool[components];

    public bool[] EigenvaluesFloored { get; } = new bool[components];

    /// <summary>Whether a floor raised the covariance of any component.</summary>
    public bool IsFloored => VarianceFloored.AsSpan().Contains(true) || EigenvaluesFloored.AsSpan().Contains(true);

    /// <summary>The components whose covariance exceeded the maximum condition.</summary>
    public bool[] ConditionCapped { get; } = new bool[components];

    /// <summary>The shares by which covariances were shrunk, 0 to 1.</summary>
    public double[] Shrinkage { get; } = new double[components];

    /// <summary>
    /// The components whose variances are small differences of large moments. They must be summed again about <see cref="Means"/>, and
    /// their covariances are not valid yet.
    /// </summary>
    public bool[] LostDigits { get; } = new bool[components];

    /// <summary>Whether some component must be summed again before the model is valid.</summary>
    public bool HasLostDigits => LostDigits.AsSpan().Contains(true);

    /// <summary>Records what was done to the covariance of a component.</summary>
    public void Record(int component, CareOutcome outcome)
    {
        LostDigits[component] = outcome.Floors.HasFlag(FloorOutcome.LostDigits);
        VarianceFloored[component] = outcome.Floors.HasFlag(FloorOutcome.VarianceFloored);
        EigenvaluesFloored[component] = outcome.Floors.HasFlag(FloorOutcome.EigenvaluesFloored);
        ConditionCapped[component] = outcome.IsConditionCapped;
        Shrinkage[component] = outcome.Shrinkage;
    }

    /// <summary>The new means: K x D.</summary>
    public double[] Means { get; set; } = [];
}
