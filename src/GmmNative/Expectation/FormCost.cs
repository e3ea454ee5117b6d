namespace GmmNative.Expectation;

/// <summary>
/// About how long the two forms take for one row, in multiply-adds at the kernels' full rate: the choice depends on the problem's shape
/// alone, so that it is the same on every machine. The constants are fitted to measurements (docs/performance.md).
/// </summary>
internal static class FormCost
{
    /// <summary>Kernels work on whole blocks of so many components or coordinates.</summary>
    private const int Block = 8;

    /// <summary>Multiply-adds that an element of a lifted row costs: made once, read twice.</summary>
    private const double Lift = 7;

    /// <summary>Elements of a lifted row beyond which those of the smallest chunk begin to leave the caches.</summary>
    private const int CachedFeatures = 8400;

    /// <summary>Further elements of a lifted row that make each of them one multiply-add dearer.</summary>
    private const double FeaturesPerMultiplyAdd = 500;

    /// <summary>
    /// Multiply-adds that a coordinate of a row costs for each component: its difference, its square and its scaled difference.
    /// </summary>
    private const double Coordinate = 24;

    /// <summary>Multiply-adds that a group costs for each component and row: calls of kernels.</summary>
    private const double Group = 300;

    /// <summary>Whether the centered form is the cheaper one for E-step and statistics of all components.</summary>
    public static bool IsCenteredCheaper(LiftedLayout layout, int components) =>
        !layout.AllGroupsOfOne && components * Centered(layout) < Products(layout, components);

    private static double Products(LiftedLayout layout, int components)
    {
        double whole = WholeBlocks(components);

        // The second product's block of C is as wide as there are components, up to three vectors: narrow ones wait for their loads.
        double narrow = whole <= Block ? 2 : whole <= 2 * Block ? 1.2 : 1;
        double lift = Lift + (Math.Max(0, layout.Features - CachedFeatures) / FeaturesPerMultiplyAdd);
        return layout.Features * ((whole * (1 + narrow)) + lift);
    }

    private static double Centered(LiftedLayout layout)
    {
        double cost = Coordinate * layout.Dimension;
        foreach (int[] group in layout.Structure.GroupArrays)
        {
            double whole = WholeBlocks(group.Length);
            cost += (whole * (whole + Block)) + Group;
        }

        return cost;
    }

    private static double WholeBlocks(int count) => (count + Block - 1) / Block * Block;
}
