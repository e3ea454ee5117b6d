namespace GmmNative;

/// <summary>Options of the Linde-Buzo-Gray initialisation, with the reference's defaults.</summary>
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
        ArgumentOutOfRangeException.ThrowIfLessThan(Iterations, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Tolerance);
        ArgumentOutOfRangeException.ThrowIfLessThan(MinDataPerCluster, 1);
        if (!(PerturbationFactor > 0) || !double.IsFinite(PerturbationFactor))
        {
            throw new ArgumentOutOfRangeException(nameof(PerturbationFactor), PerturbationFactor, "The perturbation factor must be positive.");
        }
    }
}
