using GmmNative.Maximization.Priors;

namespace GmmNative.Maximization;

/// <summary>What the M-step needs to know apart from the statistics.</summary>
internal sealed record UpdateOptions
{
    public required double WeightFloor { get; init; }

    /// <summary>The floors of the covariances.</summary>
    public required FloorOptions Floors { get; init; }

    /// <summary>Added to every variance, before the floors.</summary>
    public double Regularization { get; init; }

    /// <summary>What is added to the statistics.</summary>
    public IPrior Prior { get; init; } = NoPrior.Instance;

    /// <summary>What is updated.</summary>
    public UpdatedParameters Updated { get; init; } = UpdatedParameters.All;

    /// <summary>A component's total posterior below which its sums carry no information that the precision can keep.</summary>
    public double MinimumOccupancy { get; init; } = 1e-290;

    /// <summary>Maximum number of threads.</summary>
    public required int Threads { get; init; }
}
