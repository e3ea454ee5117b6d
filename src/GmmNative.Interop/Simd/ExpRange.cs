namespace GmmNative.Interop.Simd;

/// <summary>The smallest arguments of exponentials: the results are normal numbers.</summary>
internal static class ExpRange
{
    /// <summary>Just above log(2^-1022) = -708.396.</summary>
    public const double MinimumDouble = -708.39;

    /// <summary>Just above log(2^-126) = -87.3365.</summary>
    public const double MinimumSingle = -87.336;
}
