namespace GmmNative.Expectation;

/// <summary>The ways to compute the log-densities of a component.</summary>
internal enum DensityForm : byte
{
    /// <summary>As a linear function of lifted rows.</summary>
    Products,

    /// <summary>From differences between rows and the component's mean, in the precision of the products.</summary>
    Centered,

    /// <summary>From differences between rows and the component's mean, in double.</summary>
    CenteredInDouble,
}
