using GmmNative.Errors;

namespace GmmNative.Data;

/// <summary>Describes columns in messages.</summary>
internal static class ColumnText
{
    private const int MaximumNames = 8;

    /// <summary>Describes a column by its number, from 1, and its name, if it has one.</summary>
    /// <param name="column">The column, from 0.</param>
    /// <param name="name">The name of the column, or <see langword="null"/>.</param>
    public static string Describe(int column, string? name) =>
        string.IsNullOrEmpty(name) ? $"column {column + 1}" : $"column {column + 1} ({MessageText.Shorten(name)})";

    /// <summary>Lists names, separated by commas. Shows at most the first eight.</summary>
    public static string List(IReadOnlyList<string> names)
    {
        string shown = string.Join(", ", names.Take(MaximumNames).Select(MessageText.Shorten));
        return names.Count > MaximumNames ? $"{shown} and {names.Count - MaximumNames} more" : shown;
    }
}
