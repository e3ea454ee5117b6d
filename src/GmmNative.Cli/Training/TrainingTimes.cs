namespace GmmNative.Cli.Training;

/// <summary>What the parts of a training took.</summary>
/// <param name="Read">Opening the data.</param>
/// <param name="Initialize">Finding the starting model.</param>
/// <param name="Em">The EM iterations.</param>
internal sealed record TrainingTimes(TimeSpan Read, TimeSpan Initialize, TimeSpan Em);
