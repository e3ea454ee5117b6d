namespace GmmNative.Maximization;

/// <summary>A new model, and what had to be mended on the way to it. Arrays have K entries.</summary>
internal sealed class UpdateResult(int components)
{
    public GaussianMixture Model { get; set; } = null!;

    public bool[] Empty { get; } = new bool[components];

    public bool[] WeightFloored { get; } = new bool[components];

    /// <summary>Whether some weight was raised to a floor, which EM does not maximise under.</summary>
    public bool WeightFloorActed { get; set; }

    public bool[] VarianceFloored { get; } = new bool[components];

    public bool[] EigenvaluesFloored { get; } = new bool[components];

    /// <summary>
    /// Components whose variances are small differences of large moments: to be summed again about <see cref="Means"/>. Their covariances
    /// are not ready.
    /// </summary>
    public bool[] LostDigits { get; } = new bool[components];

    /// <summary>Whether some component has to be summed again before there is a model.</summary>
    public bool HasLostDigits => LostDigits.AsSpan().Contains(true);

    /// <summary>K x D: the new means.</summary>
    public double[] Means { get; set; } = [];
}
