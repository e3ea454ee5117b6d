namespace GmmNative.Files.Utterances;

/// <summary>A matrix and the key of its utterance.</summary>
/// <param name="Key">The key.</param>
/// <param name="Matrix">The matrix.</param>
internal readonly record struct KeyedSegment(string Key, MatrixSegment Matrix);
