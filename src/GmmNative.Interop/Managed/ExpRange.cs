namespace GmmNative.Interop;

/// <summary>The arguments down to which exponentials are taken: they are normal numbers, and the library takes them in vectors.</summary>
internal static class ExpRange
{
    /// <summary>
    /// Above log(2^-1022) = -708.396, and the last for which .NET's exponential of a vector does not fall back to scalar code for all of
    /// it, which is twenty times slower and differs in the last bits: rows would depend on those that lie beside them.
    /// </summary>
    public const double LeastDouble = -708;

    /// <summary>Just above log(2^-126) = -87.3365.</summary>
    public const double LeastSingle = -87.336;
}
