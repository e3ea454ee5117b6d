using GmmNative.Passes;

namespace GmmNative.Statistics.Missing;

/// <summary>
/// The sums of an E-step over rows with and without missing values. Rows of frequent patterns are summed pattern by pattern, as rows of
/// their observed coordinates, and become part of the other sums at the end of the pass.
/// </summary>
/// <param name="main">The sums of complete rows and of rows of rare patterns.</param>
/// <param name="patterns">The sums of the observed coordinates of the rows of each frequent pattern.</param>
internal sealed class MissingStatistics(SufficientStatistics main, SufficientStatistics[] patterns) : IAccumulator<MissingStatistics>
{
    /// <summary>The sums of complete rows and of rows of rare patterns.</summary>
    public SufficientStatistics Main => main;

    /// <summary>The sums of the observed coordinates of the rows of each frequent pattern.</summary>
    public SufficientStatistics[] Patterns => patterns;

    /// <inheritdoc/>
    public void Clear()
    {
        main.Clear();
        Array.ForEach(patterns, pattern => pattern.Clear());
    }

    /// <inheritdoc/>
    public void Add(MissingStatistics other)
    {
        main.Add(other.Main);
        for (int p = 0; p < patterns.Length; p++)
        {
            if (other.Patterns[p].Rows > 0)
            {
                patterns[p].Add(other.Patterns[p]);
            }
        }
    }

    /// <inheritdoc/>
    /// <remarks>The main sums, then the sums of each pattern.</remarks>
    public void VisitSums(ISumVisitor visitor)
    {
        main.VisitSums(visitor);
        Array.ForEach(patterns, pattern => pattern.VisitSums(visitor));
    }
}
