namespace GmmNative.Maximization;

/// <summary>The floors of covariances, for data of D columns.</summary>
internal sealed record FloorOptions
{
    /// <summary>The variance floors of the D columns, at least 0.</summary>
    public required double[] Floors { get; init; }

    /// <summary>For each of the D columns, the largest variance that is only the rounding of the column's values.</summary>
    public required double[] Resolutions { get; init; }

    /// <summary>The quantities that the variance floor bounds.</summary>
    public required VarianceFloorTarget Target { get; init; }

    /// <summary>What to do when a covariance is singular.</summary>
    public required SingularCovarianceHandling SingularCovariance { get; init; }

    /// <summary>Stops the computation of the eigenvalues of a large covariance.</summary>
    public CancellationToken CancellationToken { get; init; }
}
