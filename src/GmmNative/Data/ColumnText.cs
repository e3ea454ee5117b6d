using GmmNative.Errors;

namespace GmmNative.Data;

/// <summary>Columns as messages show them.</summary>
internal static class ColumnText
{
    private const int MostNames = 8;

    /// <summary>A column by its number, from 1, and its name where it has one.</summary>
    /// <param name="column">The column, from 0.</param>
    /// <param name="name">Its name.</param>
    public static string Describe(int column, string? name) =>
        string.IsNullOrEmpty(name) ? $"column {column + 1}" : $"column {column + 1} ({MessageText.Shorten(name)})";

    /// <summary>Some names with commas between, shortened: the first eight.</summary>
    public static string List(IReadOnlyList<string> names)
    {
        string shown = string.Join(", ", names.Take(MostNames).Select(MessageText.Shorten));
        return names.Count > MostNames ? $"{shown} and {names.Count - MostNames} more" : shown;
    }
}
