namespace GmmNative;

/// <summary>Consecutive rows of a data set that belong together under one name, such as the frames of a recording.</summary>
/// <param name="Key">The name: the key in a Kaldi archive or list, otherwise the name of the file without folder and extension.</param>
/// <param name="FirstRow">The first row, from 0.</param>
/// <param name="RowCount">The number of rows, at least 1.</param>
/// <example>
/// <code>
/// using IVectorSource frames = VectorFile.Open("feats.ark");
/// foreach (Utterance utterance in frames.Utterances)
/// {
///     Console.WriteLine($"{utterance.Key}: {utterance.RowCount} frames");
/// }
/// </code>
/// </example>
public sealed record Utterance(string Key, long FirstRow, long RowCount);
