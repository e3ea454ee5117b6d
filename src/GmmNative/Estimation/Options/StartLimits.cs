namespace GmmNative.Estimation.Options;

/// <summary>How much work the starts of a training may take, and how starts are compared.</summary>
/// <param name="AlwaysAllowed">The cost in multiply-adds that the start <c>auto</c> may always take.</param>
/// <param name="MaximumIterations">The maximum number of EM iterations of every start in the first round of the start <c>auto</c>.</param>
/// <param name="MaximumStarts">The maximum number of starts of the start <c>auto</c>.</param>
/// <param name="AvoidsFloors">
/// Whether a start whose covariances stay above the floors is preferred to one with a larger log-likelihood whose covariances do not. The
/// likelihood of a collapsed component depends on the floor, so criteria of such models cannot be compared.
/// </param>
internal sealed record StartLimits(double AlwaysAllowed, int MaximumIterations, int MaximumStarts, bool AvoidsFloors)
{
    /// <summary>The limits of a single training: some tenths of a second.</summary>
    public static StartLimits Training { get; } = new(2e10, 20, 16, false);

    /// <summary>The limits of each training of a selection, which has many of them.</summary>
    public static StartLimits Selection { get; } = new(1e9, 5, 8, true);
}
