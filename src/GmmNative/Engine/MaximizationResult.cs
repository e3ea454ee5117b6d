namespace GmmNative;

/// <summary>A new model, and what had to be mended on the way to it. Arrays have K entries.</summary>
internal sealed class MaximizationResult(int components)
{
    public GaussianMixture Model { get; set; } = null!;

    public bool[] Empty { get; } = new bool[components];

    public bool[] WeightFloored { get; } = new bool[components];

    public bool[] VarianceFloored { get; } = new bool[components];

    public bool[] EigenvaluesFloored { get; } = new bool[components];

    /// <summary>Components whose variances are small differences of large moments: to be summed again about <see cref="Means"/>.</summary>
    public bool[] Cancelled { get; } = new bool[components];

    /// <summary>K x D: the new means.</summary>
    public double[] Means { get; set; } = [];
}
