namespace GmmNative.Plots.Geometry;

/// <summary>The names of columns in labels.</summary>
internal static class ColumnNames
{
    /// <summary>Returns the names of all columns. A column without a name is named after its number, from 1.</summary>
    /// <param name="names">The names, or <see langword="null"/>.</param>
    /// <param name="dimension">The number of columns.</param>
    public static string[] Of(IReadOnlyList<string>? names, int dimension) =>
        [.. Enumerable.Range(0, dimension).Select(d => names?[d] is { Length: > 0 } name ? name : $"column {d + 1}")];
}
