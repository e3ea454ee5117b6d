namespace GmmNative;

/// <summary>How log-densities and statistics are computed.</summary>
/// <example>
/// <code>
/// GmmOptions options = new() { Execution = new ExecutionOptions { Path = NumericalPath.Centered } };
/// </code>
/// </example>
public enum NumericalPath
{
    /// <summary>
    /// Two matrix products where rounding cannot matter, and the centered form where it could. Decided per chunk of rows and component.
    /// </summary>
    Auto,

    /// <summary>
    /// Two matrix products everywhere. Loses digits on rows that are many standard deviations of a component away from the mean of the
    /// data. Only numbers whose squares overflow or underflow use the centered form.
    /// </summary>
    Products,

    /// <summary>Differences from each component's mean everywhere: slower, but accurate on all data.</summary>
    Centered,
}
