namespace GmmNative;

/// <summary>What a training is doing.</summary>
/// <example>
/// <code>
/// Progress&lt;EmIteration&gt; progress = new(
///     iteration => Console.WriteLine(iteration.Phase == TrainingPhase.Em ? "EM" : "finding a start"));
/// </code>
/// </example>
public enum TrainingPhase
{
    /// <summary>Finding the starting model.</summary>
    Initialization,

    /// <summary>Expectation-maximisation.</summary>
    Em,
}
