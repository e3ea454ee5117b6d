using System.Globalization;
using GmmNative.Data;
using GmmNative.Errors;

namespace GmmNative.Files.Options;

/// <summary>Parses column lists of users: names, numbers from 1, ranges, and <c>!</c> for exclusions.</summary>
/// <param name="source">The name of the input in messages.</param>
/// <param name="names">The names of the columns of the input, or null.</param>
/// <param name="count">The number of columns of the input.</param>
/// <param name="option">The option that contains the lists, for messages.</param>
internal sealed class ColumnList(string source, IReadOnlyList<string>? names, int count, string option = "--columns")
{
    private readonly HashSet<string> _known = [.. names ?? []];

    /// <summary>Parses lists.</summary>
    /// <param name="entries">The entries, each a column name or a comma-separated list.</param>
    /// <returns>The selected columns, from 0, in the order of the lists.</returns>
    /// <exception cref="ArgumentException">A column does not exist or is selected twice, or no column remains.</exception>
    public int[] Resolve(IReadOnlyList<string> entries)
    {
        List<int> chosen = [];
        HashSet<int> seen = [];
        HashSet<int> excluded = [];
        foreach (string item in entries.SelectMany(Split))
        {
            if (item.StartsWith('!') && !IsName(item))
            {
                excluded.UnionWith(Find(item[1..].Trim()));
                continue;
            }

            foreach (int column in Find(item))
            {
                if (!seen.Add(column))
                {
                    throw Wrong($"{ColumnText.Describe(column, names?[column])} is selected twice");
                }

                chosen.Add(column);
            }
        }

        IEnumerable<int> kept = chosen.Count > 0 ? chosen : Enumerable.Range(0, count);
        int[] result = [.. kept.Where(column => !excluded.Contains(column))];
        return result.Length > 0 ? result : throw Wrong("no column remains");
    }

    /// <summary>Finds one column by its name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="option">The option that contains the name, for messages.</param>
    /// <exception cref="ArgumentException">The columns have no names, or not exactly one has this name.</exception>
    public int Find(string name, string option)
    {
        int[] places = names is null ? [] : [.. Enumerable.Range(0, count).Where(column => names[column] == name)];
        return places.Length == 1 ? places[0] : throw new ArgumentException($"{option}: {source}: " + (
            names is null ? $"there is no column {MessageText.Quote(name)}, because the columns have no names; use --weights FILE."
            : places.Length == 0 ? $"there is no column {MessageText.Quote(name)}; its columns are {ColumnText.List(names)}."
            : $"{places.Length} columns are named {MessageText.Quote(name)}; give each column a unique name."));
    }

    // A name may contain commas, so an entry that is exactly a name is not a list.
    private IEnumerable<string> Split(string entry) =>
        IsName(entry) || (entry.StartsWith('!') && IsName(entry[1..])) ? [entry] : entry.Split(',', StringSplitOptions.TrimEntries);

    private bool IsName(string text) => text.Length > 0 && _known.Contains(text);

    private IEnumerable<int> Find(string item)
    {
        if (IsName(item))
        {
            int[] places = [.. Enumerable.Range(0, count).Where(column => names![column] == item)];
            return places.Length == 1 ? places
                : throw Wrong($"{places.Length} columns are named {MessageText.Quote(item)}; select by number");
        }

        if (TryParse(item, out int single))
        {
            return [CheckNumber(single) - 1];
        }

        int dash = item.IndexOf('-', StringComparison.Ordinal);
        int dots = item.IndexOf("..", StringComparison.Ordinal);
        (int place, int length) = dots > 0 ? (dots, 2) : (dash, 1);
        if (place > 0 && TryParse(item[..place], out int first) && TryParse(item[(place + length)..], out int last))
        {
            return CheckNumber(first) <= CheckNumber(last)
                ? Enumerable.Range(first - 1, last - first + 1)
                : throw Wrong($"the range {item} runs backwards");
        }

        throw Wrong(
            item.Length == 0 ? "an entry of the list is empty"
            : names is null
                ? $"there is no column {MessageText.Quote(item)}, because the columns have no names; select by number, from 1 to {count}"
            : $"there is no column {MessageText.Quote(item)}; its columns are {ColumnText.List(names)}");
    }

    private static bool TryParse(string text, out int number) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private int CheckNumber(int number) => number >= 1 && number <= count ? number
        : throw Wrong($"there is no column {number}; columns are numbered from 1 to {count}");

    private ArgumentException Wrong(string problem) => new($"{option}: {source}: {problem}.");
}
