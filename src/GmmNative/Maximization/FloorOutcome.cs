namespace GmmNative.Maximization;

/// <summary>What the floors did to a component's covariance.</summary>
[Flags]
internal enum FloorOutcome
{
    /// <summary>Nothing: it was above them.</summary>
    None = 0,

    /// <summary>A variance or an eigenvalue was raised to the variance floor.</summary>
    VarianceFloored = 1,

    /// <summary>The covariance was singular but for rounding, and eigenvalues were raised to what keeps it positive definite.</summary>
    EigenvaluesFloored = 2,

    /// <summary>The floors would decide about rounding: the moments are to be taken again about the new mean.</summary>
    LostDigits = 4,
}
