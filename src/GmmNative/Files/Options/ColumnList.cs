using System.Globalization;
using GmmNative.Data;
using GmmNative.Errors;

namespace GmmNative.Files.Options;

/// <summary>Reads lists of columns as people write them: names, numbers from 1, ranges, and <c>!</c> for all but.</summary>
/// <param name="source">The input's name for people.</param>
/// <param name="names">The names of its columns, where it has any.</param>
/// <param name="count">The number of its columns.</param>
internal sealed class ColumnList(string source, IReadOnlyList<string>? names, int count)
{
    private readonly HashSet<string> _known = [.. names ?? []];

    /// <summary>Reads lists; what is chosen comes in the order of the text.</summary>
    /// <param name="entries">Each a column's name, or a list with commas between.</param>
    /// <returns>The columns, from 0.</returns>
    /// <exception cref="ArgumentException">A column is not there, or is chosen twice, or none is left.</exception>
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
                    throw Wrong($"{ColumnText.Describe(column, names?[column])} is chosen twice");
                }

                chosen.Add(column);
            }
        }

        IEnumerable<int> kept = chosen.Count > 0 ? chosen : Enumerable.Range(0, count);
        int[] result = [.. kept.Where(column => !excluded.Contains(column))];
        return result.Length > 0 ? result : throw Wrong("no column is left");
    }

    // A name may hold commas: an entry that is a name as a whole is no list.
    private IEnumerable<string> Split(string entry) =>
        IsName(entry) || (entry.StartsWith('!') && IsName(entry[1..])) ? [entry] : entry.Split(',', StringSplitOptions.TrimEntries);

    private bool IsName(string text) => text.Length > 0 && _known.Contains(text);

    private IEnumerable<int> Find(string item)
    {
        if (IsName(item))
        {
            int[] places = [.. Enumerable.Range(0, count).Where(column => names![column] == item)];
            return places.Length == 1 ? places
                : throw Wrong($"{places.Length} columns are named {MessageText.Quote(item)}; choose by number");
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
                ? $"there is no column {MessageText.Quote(item)}, for the columns have no names; choose by number, from 1 to {count}"
            : $"there is no column {MessageText.Quote(item)}; its columns are {ColumnText.List(names)}");
    }

    private static bool TryParse(string text, out int number) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private int CheckNumber(int number) => number >= 1 && number <= count ? number
        : throw Wrong($"there is no column {number}; columns are counted from 1 to {count}");

    private ArgumentException Wrong(string problem) => new($"--columns: {source}: {problem}.");
}
