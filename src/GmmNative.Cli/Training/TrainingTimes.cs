namespace GmmNative.Cli.Training;

/// <summary>The durations of the parts of a training.</summary>
/// <param name="Read">The time to open the data.</param>
/// <param name="Initialize">The time to make the starting model.</param>
/// <param name="Em">The time of the EM iterations.</param>
internal sealed record TrainingTimes(TimeSpan Read, TimeSpan Initialize, TimeSpan Em);
