namespace GmmNative;

/// <summary>
/// The precision of rows, products and exponentials. Statistics are summed and models are stored in double in both cases.
/// </summary>
/// <example>
/// <code>
/// // Half the memory and up to twice the speed, for seven digits.
/// GmmOptions options = new() { Execution = new ExecutionOptions { Precision = Precision.Single } };
/// </code>
/// </example>
public enum Precision
{
    /// <summary>64-bit floating point.</summary>
    Double,

    /// <summary>32-bit floating point: about twice as fast.</summary>
    Single,
}
