namespace GmmNative;

/// <summary>
/// The reference's <c>verbose</c>: what is written to <see cref="GmmOptions.Log"/>, where one is given, and how often progress is reported.
/// </summary>
/// <example>
/// <code>
/// GmmOptions options = new() { Verbose = Verbosity.Iterations, Log = Console.Error };
/// </code>
/// </example>
public enum Verbosity
{
    /// <summary>Nothing is written; progress is reported once an iteration.</summary>
    Silent = 0,

    /// <summary>The average log-likelihood is written at each iteration.</summary>
    Iterations = 1,

    /// <summary>As <see cref="Iterations"/>, and progress is reported within iterations too, for bars.</summary>
    Progress = 2,
}
