namespace GmmNative;

/// <summary>The unit of the distances by which a start groups rows.</summary>
/// <example>
/// <code>
/// GmmOptions options = new() { Start = new() { Distances = DistanceUnit.Raw } };
/// </code>
/// </example>
public enum DistanceUnit
{
    /// <summary>Standard deviations of each column, so that scaling a column has no effect.</summary>
    Deviations,

    /// <summary>The units of the data, so that columns with a large scale dominate.</summary>
    Raw,
}
