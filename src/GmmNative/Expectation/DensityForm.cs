namespace GmmNative.Expectation;

/// <summary>How log-densities of one component are computed.</summary>
internal enum DensityForm : byte
{
    /// <summary>As a linear function of lifted rows.</summary>
    Products,

    /// <summary>From differences from the component's mean, in the precision of the products.</summary>
    Centered,

    /// <summary>From differences from the component's mean, in double.</summary>
    CenteredInDouble,
}
