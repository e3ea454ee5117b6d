using GmmNative.Expectation;

namespace GmmNative.Estimation.Selection;

/// <summary>How many starts <see cref="AutoStart"/> tries: as many as their cost, in multiply-adds counted from shapes, allows.</summary>
internal sealed class StartBudget
{
    private const int MinRows = 20_000;
    private const int RowsPerComponent = 64;
    private const int MinStarts = 2;
    private const int MaxStarts = 16;
    private const int FewIterations = 3;
    private const int MaxIterations = 20;

    /// <summary>EM iterations on all rows that the starts may cost.</summary>
    private const int IterationsOnAllRows = 5;

    /// <summary>What the starts may always cost: some tenths of a second.</summary>
    private const double AlwaysAllowed = 2e10;

    /// <summary>About the passes of k-means that a start makes, with the seeds; most rows look at few centroids.</summary>
    private const int PassesOfStart = 20;

    /// <summary>An exponential, and what else is done for each row and component, in multiply-adds.</summary>
    private const int OverheadOfPair = 20;

    /// <summary>Computes the sample and the number of starts.</summary>
    /// <param name="structure">The structure of the covariances.</param>
    /// <param name="components">K.</param>
    /// <param name="rows">T.</param>
    public StartBudget(CovarianceStructure structure, int components, long rows)
    {
        SampleRows = Math.Min(rows, Math.Max(MinRows, (long)RowsPerComponent * components));
        double features = new LiftedLayout(structure).Features;
        double pass = components * ((2 * features) + OverheadOfPair);

        // Factors and inverses cost the same for a sample as for all rows.
        double update = components * structure.Groups.Where(group => group.Count > 1).Sum(group => Math.Pow(group.Count, 3));
        double start = PassesOfStart * (double)components * structure.Dimension;
        double allowed = Math.Max(AlwaysAllowed, IterationsOnAllRows * ((pass * rows) + update));

        // Each round costs as much as the first: half the starts, twice the iterations.
        double Cost(int starts, int iterations) =>
            starts * ((start * SampleRows) + (int.Log2(starts) * iterations * ((pass * SampleRows) + update)));

        // One component is the same from every start.
        Starts = components == 1 ? 1 : MinStarts;
        while (Starts > 1 && Starts < MaxStarts && Cost(2 * Starts, FewIterations) <= allowed)
        {
            Starts *= 2;
        }

        FirstIterations = Cost(Starts, FewIterations) <= allowed ? FewIterations : 1;
        while (FirstIterations < MaxIterations && Cost(Starts, FirstIterations + 1) <= allowed)
        {
            FirstIterations++;
        }
    }

    /// <summary>Rows of the sample.</summary>
    public long SampleRows { get; }

    /// <summary>The number of starts, a power of two; 1 for one component.</summary>
    public int Starts { get; }

    /// <summary>
    /// EM iterations that every start is moved by before the better half goes on; each half is moved by twice as many as the one before.
    /// </summary>
    public int FirstIterations { get; }
}
