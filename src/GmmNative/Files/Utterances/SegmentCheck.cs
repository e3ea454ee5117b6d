using GmmNative.Errors;

namespace GmmNative.Files.Utterances;

/// <summary>Checks that the matrices of a data set fit together.</summary>
internal static class SegmentCheck
{
    /// <summary>Throws unless an utterance has the dimension of the first utterance.</summary>
    /// <param name="key">The key of the utterance.</param>
    /// <param name="dimension">The dimension of the utterance.</param>
    /// <param name="firstKey">The key of the first utterance.</param>
    /// <param name="firstDimension">The dimension of the first utterance.</param>
    /// <param name="place">The location for the message, or <see langword="null"/>.</param>
    /// <exception cref="FileProblemException">The dimensions differ.</exception>
    public static void SameDimension(string key, int dimension, string firstKey, int firstDimension, string? place = null)
    {
        if (dimension != firstDimension)
        {
            throw new FileProblemException(
                $"utterance {MessageText.Quote(key)} has dimension {dimension}, but utterance {MessageText.Quote(firstKey)} has "
                + $"dimension {firstDimension}; all utterances must have the same dimension.", place);
        }
    }
}
