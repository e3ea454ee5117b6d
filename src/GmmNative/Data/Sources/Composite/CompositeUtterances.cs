namespace GmmNative.Data.Sources.Composite;

/// <summary>The utterances of several sources.</summary>
internal static class CompositeUtterances
{
    /// <summary>Concatenates the utterances of the parts.</summary>
    /// <param name="parts">The sources.</param>
    /// <returns>The utterances; empty if a part does not distinguish utterances.</returns>
    public static IReadOnlyList<Utterance> Of(IReadOnlyList<IVectorSource> parts)
    {
        if (parts.Any(part => part.Utterances.Count == 0))
        {
            return [];
        }

        List<Utterance> all = [];
        long start = 0;
        foreach (IVectorSource part in parts)
        {
            IReadOnlyList<Utterance> own = part.Utterances;
            all.AddRange(own.Select(utterance => utterance with { FirstRow = utterance.FirstRow + start }));
            start += own[^1].FirstRow + own[^1].RowCount;
        }

        return all;
    }
}
