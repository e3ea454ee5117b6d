namespace GmmNative;

/// <summary>The reference's <c>var_type</c>.</summary>
/// <example>
/// <code>
/// GmmOptions options = new() { Covariance = new() { Kind = CovarianceKind.Full } };
/// </code>
/// </example>
public enum CovarianceKind
{
    /// <summary>Diagonal, or with several blocks the entries at the same place of two blocks of equal size.</summary>
    Diagonal,

    /// <summary>Full, or with several blocks block-diagonal.</summary>
    Full,
}
