namespace GmmNative.Formats.Parquet.Reading;

/// <summary>
/// Converts the failures of the Parquet library. On damaged files it throws exceptions of many kinds, because it trusts the sizes in the
/// file.
/// </summary>
internal static class ParquetFailure
{
    /// <summary>Runs a read.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or uses features that the library does not support.</exception>
    public static T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is not (InvalidDataException or ArgumentException { ParamName: null } or GmmException
            or OperationCanceledException))
        {
            throw new InvalidDataException($"it is damaged or uses a feature that is not supported: {e.Message}", e);
        }
    }
}
