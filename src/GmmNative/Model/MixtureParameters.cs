namespace GmmNative;

/// <summary>Kinds of parameters of a mixture: those that a training freezes, or that an adaptation changes.</summary>
/// <example>
/// <code>
/// GmmOptions options = new() { Update = new() { Frozen = MixtureParameters.Weights | MixtureParameters.Covariances } };
/// </code>
/// </example>
[Flags]
public enum MixtureParameters
{
    /// <summary>No parameters.</summary>
    None = 0,

    /// <summary>The weights of the components.</summary>
    Weights = 1,

    /// <summary>The means.</summary>
    Means = 2,

    /// <summary>The covariances. If the means are not updated, the covariances are about the old means.</summary>
    Covariances = 4,

    /// <summary>All parameters.</summary>
    All = Weights | Means | Covariances,
}
