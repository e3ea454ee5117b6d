namespace GmmNative.Interop;

/// <summary>The least arguments whose exponential is a normal number.</summary>
internal static class ExpRange
{
    /// <summary>Just above log(2^-1022) = -708.396.</summary>
    public const double LeastDouble = -708.39;

    /// <summary>Just above log(2^-126) = -87.3365.</summary>
    public const double LeastSingle = -87.336;
}
