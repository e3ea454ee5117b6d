namespace GmmNative.Maximization;

/// <summary>The quantity that the iterations of a training raise.</summary>
/// <param name="Value">The value in nats.</param>
/// <param name="Magnitude">The sum of the magnitudes of its terms. Its rounding is relative to this sum.</param>
/// <param name="IsOfUpdate">Whether the value belongs to the updated model, as a lower bound, or to the model before the update.</param>
internal readonly record struct Objective(double Value, double Magnitude, bool IsOfUpdate);
