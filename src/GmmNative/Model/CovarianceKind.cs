namespace GmmNative;

/// <summary>The kinds of covariances. Block sizes refine them (<see cref="CovarianceStructure"/>).</summary>
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
}
