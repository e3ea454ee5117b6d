using GmmNative.Estimation.Options;
using GmmNative.Expectation;

namespace GmmNative.Estimation.Selection;

/// <summary>
/// The number of starts that <see cref="AutoStart"/> tries, limited by their cost in multiply-adds, computed from shapes.
/// </summary>
internal sealed class StartBudget
{
    private const int MinimumRows = 20_000;
    private const int RowsPerComponent = 64;
    private const int MinimumStarts = 2;
    private const int FewIterations = 3;

    /// <summary>The cost limit of all starts, in EM iterations on all rows.</summary>
    private const int IterationsOnAllRows = 5;

    /// <summary>
    /// The approximate number of k-means passes of a start, including its seeds. A pass compares a row with few centroids.
    /// </summary>
    private const int PassesOfStart = 20;

    /// <summary>The cost of an exponential and other work per row and component, in multiply-adds.</summary>
    private const int OverheadOfPair = 20;

    /// <summary>Computes the sample and the number of starts.</summary>
    /// <param name="structure">The structure of the covariances.</param>
    /// <param name="components">K.</param>
    /// <param name="rows">T.</param>
    /// <param name="limits">The limits of cost and numbers.</param>
    public StartBudget(CovarianceStructure structure, int components, long rows, StartLimits limits)
    {
        SampleRows = Math.Min(rows, Math.Max(MinimumRows, (long)RowsPerComponent * components));
        double pass = PassCost(structure, components, 1);

        // The cost of factors and inverses does not depend on the number of rows.
        double update = components * structure.Groups.Where(group => group.Count > 1).Sum(group => Math.Pow(group.Count, 3));
        double start = PassesOfStart * (double)components * structure.Dimension;
        double allowed = Math.Max(limits.AlwaysAllowed, IterationsOnAllRows * ((pass * rows) + update));

        // Each round costs as much as the first: half the starts, twice the iterations.
        double Cost(int starts, int iterations) =>
            starts * ((start * SampleRows) + (int.Log2(starts) * iterations * ((pass * SampleRows) + update)));

        // With one component, all starts give the same model.
        Starts = components == 1 ? 1 : MinimumStarts;
        while (Starts > 1 && Starts < limits.MaximumStarts && Cost(2 * Starts, FewIterations) <= allowed)
        {
            Starts *= 2;
        }

        FirstIterations = Cost(Starts, FewIterations) <= allowed ? FewIterations : 1;
        while (FirstIterations < limits.MaximumIterations && Cost(Starts, FirstIterations + 1) <= allowed)
        {
            FirstIterations++;
        }
    }

    /// <summary>The cost of an EM iteration, without factors and inverses, in multiply-adds.</summary>
    /// <param name="structure">The structure of the covariances.</param>
    /// <param name="components">K.</param>
    /// <param name="rows">T.</param>
    public static double PassCost(CovarianceStructure structure, int components, long rows) =>
        components * ((2.0 * new LiftedLayout(structure).Features) + OverheadOfPair) * rows;

    /// <summary>The number of rows of the sample.</summary>
    public long SampleRows { get; }

    /// <summary>The number of starts, a power of two; 1 for one component.</summary>
    public int Starts { get; }

    /// <summary>
    /// The number of EM iterations of every start in the first round. Each following round has twice as many iterations.
    /// </summary>
    public int FirstIterations { get; }
}
