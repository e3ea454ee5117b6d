namespace GmmNative;

/// <summary>The unit of the distances by which a start groups rows.</summary>
/// <example>
/// <code>
/// GmmOptions options = new() { Start = new() { Distances = DistanceUnit.Raw } };
/// </code>
/// </example>
public enum DistanceUnit
{
    /// <summary>Standard deviations of each column: scaling a column changes nothing.</summary>
    Deviations,

    /// <summary>The data's own: columns of large scale decide.</summary>
    Raw,
}
