using GmmNative.Errors;

namespace GmmNative.Data;

/// <summary>The columns of a data set that match the column names of a model or of a first file.</summary>
/// <param name="Columns">The column of the data, from 0, for each requested name.</param>
/// <param name="LeftOut">The names of the remaining columns of the data.</param>
internal readonly record struct ColumnMatch(int[] Columns, string[] LeftOut)
{
    /// <summary>Finds columns by name.</summary>
    /// <param name="wanted">The requested names, in order.</param>
    /// <param name="names">The names of the columns of the data.</param>
    /// <param name="leadingSuffice">Whether a leading part of the requested names, at least one, is sufficient.</param>
    /// <param name="wantedBy">The origin of the requested names, for messages, such as <c>the model</c>.</param>
    /// <exception cref="FileProblemException">A column is missing or ambiguous.</exception>
    public static ColumnMatch Find(IReadOnlyList<string> wanted, IReadOnlyList<string> names, bool leadingSuffice, string wantedBy)
    {
        // Equal lists need no lookup, so their names may be repeated or empty.
        if (names.Count <= wanted.Count && names.SequenceEqual(wanted.Take(names.Count)) && (leadingSuffice || names.Count == wanted.Count))
        {
            return new ColumnMatch([.. Enumerable.Range(0, names.Count)], []);
        }

        Dictionary<string, int> places = [];
        HashSet<string> repeated = [];
        for (int i = 0; i < names.Count; i++)
        {
            if (!places.TryAdd(names[i], i))
            {
                repeated.Add(names[i]);
            }
        }

        int found = wanted.TakeWhile(places.ContainsKey).Count();
        int count = leadingSuffice ? Math.Max(1, found) : wanted.Count;
        if (leadingSuffice)
        {
            CheckRest(wanted, found, places, wantedBy);
        }

        int[] columns = new int[count];
        HashSet<string> used = [];
        for (int i = 0; i < count; i++)
        {
            string name = wanted[i];
            if (name.Length == 0 || !places.TryGetValue(name, out columns[i]))
            {
                throw Missing(name, names, wantedBy);
            }

            if (repeated.Contains(name) || !used.Add(name))
            {
                throw new FileProblemException(
                    $"{(repeated.Contains(name) ? "it" : wantedBy)} has more than one column named {MessageText.Quote(name)}, so it "
                    + "cannot be read by name; "
                    + "give each column a unique name, or select columns by number with --columns.");
            }
        }

        return new ColumnMatch(columns, [.. names.Where(name => !used.Contains(name))]);
    }

    // A regression predicts the remaining columns from the leading ones. A given column after a gap would be ignored silently.
    private static void CheckRest(IReadOnlyList<string> wanted, int found, Dictionary<string, int> places, string wantedBy)
    {
        foreach (string later in wanted.Skip(found).Where(places.ContainsKey))
        {
            throw new FileProblemException(
                $"it has column {MessageText.Quote(later)} but not {MessageText.Quote(wanted[found])}, which comes before it in "
                + $"{wantedBy}: "
                + $"the given columns must be the first ones of {ColumnText.List(wanted)}.");
        }
    }

    private static FileProblemException Missing(string name, IReadOnlyList<string> names, string wantedBy) =>
        new($"it has no column {MessageText.Quote(name)}, which {wantedBy} has; its columns are {ColumnText.List(names)}.");
}
