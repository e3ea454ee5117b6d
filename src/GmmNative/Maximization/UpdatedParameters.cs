namespace GmmNative.Maximization;

/// <summary>The parameters that the M-step updates. All other parameters keep their bits.</summary>
[Flags]
internal enum UpdatedParameters
{
    /// <summary>None: the model does not change.</summary>
    None = 0,

    /// <summary>The weights of the components.</summary>
    Weights = 1,

    /// <summary>The means.</summary>
    Means = 2,

    /// <summary>The covariances; about the old means if the means are not updated.</summary>
    Covariances = 4,

    /// <summary>All parameters.</summary>
    All = Weights | Means | Covariances,
}
