namespace GmmNative.Data.Sources.Composite;

/// <summary>The weights of the rows of several sources.</summary>
internal static class CompositeWeights
{
    /// <summary>Concatenates the weights of the parts. Rows of parts without weights count as one.</summary>
    /// <param name="parts">The sources.</param>
    /// <returns>One weight per row; empty if no part has weights.</returns>
    /// <exception cref="VectorDataException">
    /// A part without weights does not know its number of rows, but another part has weights.
    /// </exception>
    public static ReadOnlyMemory<double> Of(IReadOnlyList<IVectorSource> parts)
    {
        if (parts.All(part => part.RowWeights.IsEmpty))
        {
            return default;
        }

        List<double> weights = [];
        for (int i = 0; i < parts.Count; i++)
        {
            ReadOnlySpan<double> own = parts[i].RowWeights.Span;
            long rows = parts[i].RowCount ?? throw new VectorDataException(
                $"Source {i + 1} has no row weights and an unknown number of rows, but other sources have row weights: "
                + "give it weights too.");
            weights.AddRange(own.IsEmpty ? Enumerable.Repeat(1.0, checked((int)rows)) : own.ToArray());
        }

        return weights.ToArray();
    }
}
