namespace GmmNative.Maximization;

/// <summary>The effect of the floors on the covariance of a component.</summary>
[Flags]
internal enum FloorOutcome
{
    /// <summary>None: the covariance was above the floors.</summary>
    None = 0,

    /// <summary>A variance or an eigenvalue was raised to the variance floor.</summary>
    VarianceFloored = 1,

    /// <summary>The covariance was singular up to rounding, and eigenvalues were raised to keep it positive definite.</summary>
    EigenvaluesFloored = 2,

    /// <summary>The result would depend on rounding: the moments must be computed again about the new mean.</summary>
    LostDigits = 4,
}
