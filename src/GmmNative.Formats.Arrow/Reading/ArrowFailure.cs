namespace GmmNative.Formats.Arrow.Reading;

/// <summary>
/// Converts the failures of the Arrow library. On damaged files it throws exceptions of many kinds, because it trusts the sizes in the
/// file.
/// </summary>
internal static class ArrowFailure
{
    /// <summary>Runs a read.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or uses features that the library does not support.</exception>
    public static T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is not (InvalidDataException or GmmException or OperationCanceledException))
        {
            // Some messages of the library have several lines.
            string reason = string.Join(' ', e.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            throw new InvalidDataException($"it is damaged or uses a feature that is not supported: {reason}", e);
        }
    }
}
