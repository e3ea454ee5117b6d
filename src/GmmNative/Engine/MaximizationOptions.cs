namespace GmmNative;

/// <summary>What the M-step needs to know apart from the statistics.</summary>
internal sealed record MaximizationOptions
{
    public required double WeightFloor { get; init; }

    public required double VarianceFloor { get; init; }

    /// <summary>The background model that statistics are smoothed with, in the structure of the model; <see langword="null"/> for none.</summary>
    public GaussianMixture? Ubm { get; init; }

    public double Alpha { get; init; }

    public SingularCovarianceHandling SingularCovariance { get; init; }

    /// <summary>
    /// The ratio of a second moment to the variance left of it above which the difference has lost too much, and the moment is to be
    /// taken again about the new mean.
    /// </summary>
    public required Func<double, bool> IsCancelled { get; init; }

    /// <summary>A component's total posterior below which its sums carry no information that the precision can keep.</summary>
    public double LeastOccupancy { get; init; } = 1e-290;

    /// <summary>Most threads to use.</summary>
    public required int Threads { get; init; }
}
