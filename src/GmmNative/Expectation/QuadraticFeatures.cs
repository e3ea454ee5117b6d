namespace GmmNative.Expectation;

/// <summary>The quadratic elements of a lifted row. They depend on what the covariances share.</summary>
internal enum QuadraticFeatures : byte
{
    /// <summary>The products of the coordinates within each group.</summary>
    Products,

    /// <summary>The sum of the squares of all coordinates: a spherical covariance weighs all squares equally.</summary>
    Norm,

    /// <summary>
    /// None. Components that share a covariance have the same quadratic term, so it does not change the posteriors.
    /// </summary>
    None,
}
