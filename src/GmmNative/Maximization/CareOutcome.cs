namespace GmmNative.Maximization;

/// <summary>What was done to an updated covariance.</summary>
/// <param name="Floors">The effect of the floors.</param>
/// <param name="Shrinkage">The share, 0 to 1, by which the covariance was shrunk toward a multiple of the identity.</param>
/// <param name="IsConditionCapped">Whether eigenvalues were raised to the maximum condition.</param>
internal readonly record struct CareOutcome(FloorOutcome Floors, double Shrinkage, bool IsConditionCapped);
