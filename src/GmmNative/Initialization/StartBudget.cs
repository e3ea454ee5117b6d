namespace GmmNative;

/// <summary>How many starts <see cref="AutoStart"/> tries: as many as their cost, in multiply-adds counted from shapes, allows.</summary>
internal sealed class StartBudget
{
    /// <summary>EM iterations that each start is moved by.</summary>
    public const int IterationsEach = 5;

    private const int LeastStarts = 2;
    private const int MostStarts = 24;

    /// <summary>EM iterations on all rows that the starts may cost.</summary>
    private const int IterationsOnAllRows = 5;

    /// <summary>What the starts may always cost: some tenths of a second.</summary>
    private const double AlwaysAllowed = 2e10;

    /// <summary>About the passes of k-means that a start makes, with the seeds; most rows look at few centroids.</summary>
    private const int PassesOfStart = 20;

    /// <summary>An exponential, and what else is done for each row and component, in multiply-adds.</summary>
    private const int OverheadOfPair = 20;

    /// <summary>Computes the number of starts.</summary>
    /// <param name="structure">The structure of the covariances.</param>
    /// <param name="components">K.</param>
    /// <param name="rows">T.</param>
    /// <param name="sampleRows">Rows of the sample.</param>
    public StartBudget(CovarianceStructure structure, int components, long rows, long sampleRows)
    {
        double features = new FeatureMap(structure).Features;
        double iteration = components * ((2 * features) + OverheadOfPair);
        double start = (IterationsEach * iteration) + (PassesOfStart * (double)components * structure.Dimension);
        double allowed = Math.Max(AlwaysAllowed, IterationsOnAllRows * iteration * rows);
        Starts = (int)Math.Clamp(allowed / (start * sampleRows), LeastStarts, MostStarts);
    }

    /// <summary>The number of starts.</summary>
    public int Starts { get; }
}
