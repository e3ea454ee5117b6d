namespace GmmNative;

/// <summary>Options of the Linde-Buzo-Gray initialisation, with the reference's defaults.</summary>
/// <example>
/// <code>
/// double[,] rows = { { 1.0, 2.1 }, { 0.9, 1.8 }, { 8.1, 9.0 }, { 8.4, 8.8 } };
/// GaussianMixtureModeling estimator = new(order: 1, mixtureCount: 2);
/// GaussianMixture start = estimator.Warmup(rows, new LindeBuzoGrayOptions());
/// </code>
/// </example>
public sealed record LindeBuzoGrayOptions
{
    /// <summary>Most k-means iterations at each codebook size, at least 1 [100].</summary>
    public int Iterations { get; init; } = 100;

    /// <summary>A codebook is done when the relative change of the distance is below this, at least 0 [1e-5].</summary>
    public double Tolerance { get; init; } = 1e-5;

    /// <summary>Scale of the random perturbation by which centroids are split, positive [1e-5].</summary>
    public double PerturbationFactor { get; init; } = 1e-5;

    /// <summary>Clusters with fewer rows are split anew from the largest, at least 1 [1].</summary>
    public int MinDataPerCluster { get; init; } = 1;

    /// <summary>Throws when a value is out of its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is.</exception>
    public void Validate()
    {
        Check(Iterations >= 1, nameof(Iterations), "The number of iterations must be at least 1.");
        Check(Tolerance >= 0, nameof(Tolerance), "The tolerance must be a number, 0 or more.");
        Check(PerturbationFactor > 0
            && double.IsFinite(PerturbationFactor), nameof(PerturbationFactor), "The perturbation factor must be positive and finite.");
        Check(MinDataPerCluster >= 1, nameof(MinDataPerCluster), "The least number of rows of a cluster must be at least 1.");
    }

    private static void Check(bool condition, string name, string message)
    {
        if (!condition)
        {
            throw new ArgumentOutOfRangeException(name, message);
        }
    }
}
