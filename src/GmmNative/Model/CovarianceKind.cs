namespace GmmNative;

/// <summary>
/// The kinds of covariances. Block sizes refine diagonal and full covariances (<see cref="CovarianceStructure"/>).
/// </summary>
/// <example>
/// <code>
/// GmmOptions options = new() { Covariance = new() { Kind = CovarianceKind.Full } };
/// </code>
/// </example>
public enum CovarianceKind
{
    /// <summary>Diagonal. With several blocks, coordinates at the same position of blocks of equal size keep their covariances.</summary>
    Diagonal,

    /// <summary>Full. With several blocks, block-diagonal.</summary>
    Full,

    /// <summary>One variance per component, shared by all coordinates: a multiple of the identity.</summary>
    Spherical,

    /// <summary>One full covariance, shared by all components.</summary>
    Tied,

    /// <summary>D variances, shared by all components.</summary>
    TiedDiagonal,

    /// <summary>One variance, shared by all coordinates of all components.</summary>
    TiedSpherical,
}
