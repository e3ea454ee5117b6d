namespace GmmNative.Maximization;

/// <summary>What the M-step updates; everything else keeps the numbers that it has.</summary>
[Flags]
internal enum UpdatedParameters
{
    /// <summary>Nothing: the model stays as it is.</summary>
    None = 0,

    /// <summary>The weights of the components.</summary>
    Weights = 1,

    /// <summary>The means.</summary>
    Means = 2,

    /// <summary>The covariances; about the old means where those are not updated.</summary>
    Covariances = 4,

    /// <summary>All parameters.</summary>
    All = Weights | Means | Covariances,
}
