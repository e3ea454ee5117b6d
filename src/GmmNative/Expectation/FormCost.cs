namespace GmmNative.Expectation;

/// <summary>
/// Estimates the time of the two forms per row, in multiply-adds at the full rate of the kernels. The choice depends only on the shape of
/// the problem, so that it is the same on every machine. The constants are fitted to measurements (docs/performance.md).
/// </summary>
internal static class FormCost
{
    /// <summary>Kernels process whole blocks of this many components or coordinates.</summary>
    private const int Block = 8;

    /// <summary>The cost of an element of a lifted row in multiply-adds: it is computed once and read twice.</summary>
    private const double Lift = 7;

    /// <summary>
    /// The number of elements of a lifted row beyond which the lifted rows of the smallest chunk no longer fit in the caches.
    /// </summary>
    private const int CachedFeatures = 8400;

    /// <summary>The number of additional elements of a lifted row that raise the cost of each element by one multiply-add.</summary>
    private const double FeaturesPerMultiplyAdd = 500;

    /// <summary>
    /// The cost of a coordinate per row and component in multiply-adds: its difference, its square and its scaled difference.
    /// </summary>
    private const double Coordinate = 24;

    /// <summary>The cost of a group per row and component in multiply-adds: calls of kernels.</summary>
    private const double Group = 300;

    /// <summary>Returns whether the centered form is cheaper for the E-step and the statistics of all components.</summary>
    public static bool IsCenteredCheaper(LiftedLayout layout, int components) =>
        !layout.AllGroupsOfOne && components * Centered(layout) < Products(layout, components);

    private static double Products(LiftedLayout layout, int components)
    {
        double whole = WholeBlocks(components);

        // The block of C in the second product is as wide as the number of components, up to three vectors. Narrow blocks wait for loads.
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
