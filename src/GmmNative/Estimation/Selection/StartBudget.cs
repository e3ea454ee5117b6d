using GmmNative.Expectation;

namespace GmmNative.Estimation.Selection;

/// <summary>How many starts <see cref="AutoStart"/> tries: as many as their cost, in multiply-adds counted from shapes, allows.</summary>
internal sealed class StartBudget
{
    private const int LeastRows = 20_000;
    private const int RowsPerComponent = 64;
    private const int LeastStarts = 2;
    private const int MostStarts = 16;
    private const int LeastIterations = 3;
    private const int MostIterations = 20;

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
        SampleRows = Math.Min(rows, Math.Max(LeastRows, (long)RowsPerComponent * components));
        double features = new LiftedLayout(structure).Features;
        double iteration = components * ((2 * features) + OverheadOfPair);
        double start = PassesOfStart * (double)components * structure.Dimension;
        double allowed = Math.Max(AlwaysAllowed, IterationsOnAllRows * iteration * rows);

        // Each round costs as much as the first: half the starts, twice the iterations.
        double Cost(int starts, int iterations) => starts * (start + (int.Log2(starts) * iterations * iteration)) * SampleRows;
        Starts = LeastStarts;
        while (Starts < MostStarts && Cost(2 * Starts, LeastIterations) <= allowed)
        {
            Starts *= 2;
        }

        FirstIterations = LeastIterations;
        while (FirstIterations < MostIterations && Cost(Starts, FirstIterations + 1) <= allowed)
        {
            FirstIterations++;
        }
    }

    /// <summary>Rows of the sample.</summary>
    public long SampleRows { get; }

    /// <summary>The number of starts, a power of two.</summary>
    public int Starts { get; }

    /// <summary>
    /// EM iterations that every start is moved by before the better half goes on; each half is moved by twice as many as the one before.
    /// </summary>
    public int FirstIterations { get; }
}
