using GmmNative.Errors;

namespace GmmNative.Data;

/// <summary>Finds columns by name: where in some data the columns lie that a model, or a first file, has.</summary>
/// <param name="Columns">The column of the data, from 0, for each name wanted.</param>
/// <param name="LeftOut">The names of the data's other columns.</param>
internal readonly record struct ColumnMatch(int[] Columns, string[] LeftOut)
{
    /// <summary>Finds columns.</summary>
    /// <param name="wanted">The names, in the order wanted.</param>
    /// <param name="names">The names that the data has.</param>
    /// <param name="leadingSuffice">Whether the first of the names wanted, at least one, are enough.</param>
    /// <param name="wantedBy">Who wants them, for messages: <c>the model</c>.</param>
    /// <exception cref="FileProblemException">One is missing, or is there more than once.</exception>
    public static ColumnMatch Find(IReadOnlyList<string> wanted, IReadOnlyList<string> names, bool leadingSuffice, string wantedBy)
    {
        // Equal lists need no search; names in them may then repeat or be empty.
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
                    + "give each column a name of its own, or choose columns by number with --columns.");
            }
        }

        return new ColumnMatch(columns, [.. names.Where(name => !used.Contains(name))]);
    }

    // A regression goes from the first columns to the rest: a later one beside a gap would be lost without a word.
    private static void CheckRest(IReadOnlyList<string> wanted, int found, Dictionary<string, int> places, string wantedBy)
    {
        foreach (string later in wanted.Skip(found).Where(places.ContainsKey))
        {
            throw new FileProblemException(
                $"it has column {MessageText.Quote(later)} but not {MessageText.Quote(wanted[found])}, which comes before it in "
                + $"{wantedBy}: "
                + $"the columns given must be the first ones of {ColumnText.List(wanted)}.");
        }
    }

    private static FileProblemException Missing(string name, IReadOnlyList<string> names, string wantedBy) =>
        new($"there is no column {MessageText.Quote(name)} in it, which {wantedBy} has; its columns are {ColumnText.List(names)}.");
}
