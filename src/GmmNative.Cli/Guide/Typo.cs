namespace GmmNative.Cli.Guide;

/// <summary>Finds the word that was probably meant.</summary>
internal static class Typo
{
    /// <summary>
    /// Returns the known word with the fewest insertions, deletions and changes of letters from <paramref name="word"/>, or
    /// <see langword="null"/> if no word is close enough.
    /// </summary>
    public static string? Nearest(string word, IEnumerable<string> known)
    {
        string? nearest = null;
        int minimum = Math.Max(2, word.Length / 3) + 1;
        foreach (string candidate in known)
        {
            // One-letter options are excluded, because any two of them are close to each other.
            int distance = candidate.Length <= 2 ? int.MaxValue : Distance(word, candidate);
            if (distance < minimum)
            {
                (nearest, minimum) = (candidate, distance);
            }
        }

        return nearest;
    }

    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 0; i < a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i + 1;
            for (int j = 0; j < b.Length; j++)
            {
                int change = diagonal + (a[i] == b[j] ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(change, 1 + Math.Min(row[j], diagonal));
            }
        }

        return row[^1];
    }
}
