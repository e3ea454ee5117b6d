namespace GmmNative;

/// <summary>The phases of a training.</summary>
/// <example>
/// <code>
/// Progress&lt;EmIteration&gt; progress = new(
///     iteration => Console.WriteLine(iteration.Phase == TrainingPhase.Em ? "EM" : "finding a start"));
/// </code>
/// </example>
public enum TrainingPhase
{
    /// <summary>Making the starting model.</summary>
    Initialization,

    /// <summary>Expectation-maximization.</summary>
    Em,
}
