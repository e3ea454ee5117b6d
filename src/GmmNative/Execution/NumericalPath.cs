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
    /// Two matrix products where rounding cannot matter, the centered form where it could, decided for each chunk of rows and each
    /// component.
    /// </summary>
    Auto,

    /// <summary>Two matrix products everywhere; loses digits on rows far from the data's mean, measured in a component's standard
    /// deviations. Only numbers whose squares the precision cannot hold take the centered form.</summary>
    Products,

    /// <summary>Differences from each component's mean everywhere: slower, accurate on everything.</summary>
    Centered,
}
