namespace GmmNative;

/// <summary>The reference's <c>verbose</c>: what is written to <see cref="GmmOptions.Log"/>, and how often progress is told.</summary>
public enum Verbosity
{
    /// <summary>Nothing is written; progress is told once an iteration.</summary>
    Silent = 0,

    /// <summary>The average log-likelihood is written at each iteration.</summary>
    Iterations = 1,

    /// <summary>As <see cref="Iterations"/>, and progress is told within iterations too, for bars.</summary>
    Progress = 2,
}
