namespace GmmNative;

/// <summary>What a training is doing.</summary>
public enum TrainingPhase
{
    /// <summary>Finding the starting model.</summary>
    Initialization,

    /// <summary>Expectation-maximisation.</summary>
    Em,
}
