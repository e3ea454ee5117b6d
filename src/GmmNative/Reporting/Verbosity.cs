namespace GmmNative;

/// <summary>
/// How much a training writes to <see cref="GmmOptions.Log"/>, if a log is given, and how often it reports progress. The values agree with
/// the option <c>verbose</c> of diffsptk.
/// </summary>
/// <example>
/// <code>
/// GmmOptions options = new() { Verbose = Verbosity.Iterations, Log = Console.Error };
/// </code>
/// </example>
public enum Verbosity
{
    /// <summary>Nothing is written. Progress is reported once per iteration.</summary>
    Silent = 0,

    /// <summary>The average log-likelihood is written after each iteration.</summary>
    Iterations = 1,

    /// <summary>Like <see cref="Iterations"/>, and progress is also reported within iterations, for progress bars.</summary>
    Progress = 2,
}
