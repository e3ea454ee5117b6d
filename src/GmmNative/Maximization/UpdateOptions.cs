using GmmNative.Maximization.Priors;

namespace GmmNative.Maximization;

/// <summary>The inputs of the M-step other than the statistics.</summary>
internal sealed record UpdateOptions
{
    public required double WeightFloor { get; init; }

    /// <summary>The floors of the covariances.</summary>
    public required FloorOptions Floors { get; init; }

    /// <summary>The value that is added to every variance, before the floors.</summary>
    public double Regularization { get; init; }

    /// <summary>How far covariances are shrunk toward a multiple of the identity.</summary>
    public CovarianceShrinkage Shrinkage { get; init; }

    /// <summary>The maximum condition of a covariance, at least 1, or <see langword="null"/> for no limit.</summary>
    public double? MaximumCondition { get; init; }

    /// <summary>The prior, which adds to the statistics.</summary>
    public IPrior Prior { get; init; } = NoPrior.Instance;

    /// <summary>The parameters that are updated.</summary>
    public MixtureParameters Updated { get; init; } = MixtureParameters.All;

    /// <summary>
    /// A component with a smaller occupancy, relative to the average weight of a row, keeps its parameters: its sums have no digits that
    /// the precision can represent.
    /// </summary>
    public double MinimumOccupancy { get; init; } = 1e-290;

    /// <summary>The maximum number of threads.</summary>
    public required int Threads { get; init; }
}
