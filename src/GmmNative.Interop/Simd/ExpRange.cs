namespace GmmNative.Interop.Simd;

/// <summary>
/// The smallest arguments of exponentials that are not 0. The results stay normal numbers when they are divided by a number of components
/// and multiplied by small values.
/// </summary>
/// <remarks>
/// Intel processors compute with subnormal numbers in microcode, more than a hundred times slower. Without this margin, the few posteriors
/// below the normal range of single precision made an iteration of 256 components twelve times as slow.
/// </remarks>
internal static class ExpRange
{
    /// <summary>log(2^-960): the results are above 1e-289.</summary>
    public const double MinimumDouble = -665.42;

    /// <summary>log(2^-100): the results are above 7e-31.</summary>
    public const double MinimumSingle = -69.314;
}
