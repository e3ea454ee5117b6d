namespace GmmNative.Maximization;

/// <summary>The floors of covariances, for data of D columns.</summary>
internal sealed record FloorOptions
{
    /// <summary>D: the variance floor of each column, at least 0.</summary>
    public required double[] Floors { get; init; }

    /// <summary>D: variances up to this are nothing but the rounding of a column's values.</summary>
    public required double[] Resolutions { get; init; }

    /// <summary>What the variance floor bounds.</summary>
    public required VarianceFloorTarget Target { get; init; }

    /// <summary>What to do when a covariance is singular.</summary>
    public required SingularCovarianceHandling SingularCovariance { get; init; }

    /// <summary>Ends the search for the eigenvalues of a large covariance early.</summary>
    public CancellationToken CancellationToken { get; init; }
}
