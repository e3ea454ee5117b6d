namespace GmmNative;

/// <summary>Options of the Linde-Buzo-Gray start. The defaults are those of diffsptk.</summary>
/// <example>
/// <code>
/// double[,] rows = { { 1.0, 2.1 }, { 0.9, 1.8 }, { 8.1, 9.0 }, { 8.4, 8.8 } };
/// GaussianMixtureModeling estimator = new(order: 1, mixtureCount: 2);
/// GaussianMixture start = estimator.Warmup(rows, new LindeBuzoGrayOptions());
/// </code>
/// </example>
public sealed record LindeBuzoGrayOptions
{
    /// <summary>The maximum number of k-means iterations at each codebook size, at least 1. The default is 100.</summary>
    public int Iterations { get; init; } = 100;

    /// <summary>
    /// The relative change of the distance below which k-means stops at each codebook size, at least 0. The default is 1e-5.
    /// </summary>
    public double Tolerance { get; init; } = 1e-5;

    /// <summary>The scale of the random perturbation that splits centroids, positive. The default is 1e-5.</summary>
    public double PerturbationFactor { get; init; } = 1e-5;

    /// <summary>
    /// The minimum number of rows in a cluster, at least 1. A smaller cluster is replaced by splitting the largest one. If the rows have
    /// weights, a row counts as its weight divided by the average weight. The default is 1.
    /// </summary>
    public int MinDataPerCluster { get; init; } = 1;

    /// <summary>Throws if a value is out of range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public void Validate()
    {
        Check(Iterations >= 1, nameof(Iterations), "The number of iterations must be at least 1.");
        Check(Tolerance >= 0, nameof(Tolerance), "The tolerance must be a number of at least 0.");
        Check(PerturbationFactor > 0
            && double.IsFinite(PerturbationFactor), nameof(PerturbationFactor), "The perturbation factor must be positive and finite.");
        Check(MinDataPerCluster >= 1, nameof(MinDataPerCluster), "The minimum number of rows in a cluster must be at least 1.");
    }

    private static void Check(bool condition, string name, string message)
    {
        if (!condition)
        {
            throw new ArgumentOutOfRangeException(name, message);
        }
    }
}
