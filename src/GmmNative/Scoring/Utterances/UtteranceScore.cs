namespace GmmNative;

/// <summary>The score of an utterance.</summary>
/// <param name="Key">The key of the utterance.</param>
/// <param name="RowCount">The number of rows (frames).</param>
/// <param name="Average">
/// The average log-density of the rows in nats, weighted by their weights; NaN if all weights are zero. Under two models, the average
/// log-likelihood ratio.
/// </param>
/// <example>
/// <code>
/// UtteranceScore score = new("spk1-utt1", 312, -41.25);
/// Console.WriteLine($"{score.Key} {score.RowCount} {score.Average:F4}");
/// </code>
/// </example>
public sealed record UtteranceScore(string Key, long RowCount, double Average);
