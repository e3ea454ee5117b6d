namespace GmmNative;

/// <summary>
/// About how long the two forms take for one row, in multiply-adds at the kernels' full rate: the choice depends on the problem's shape alone, so
/// that it is the same on every machine. The constants are measured (docs/performance.md).
/// </summary>
internal static class FormCost
{
    /// <summary>Lifted numbers of the fewest rows of a chunk beyond which they no longer stay in the second-level cache.</summary>
    private const int CachedFeatures = 2700;

    /// <summary>Multiply-adds that one element of a lifted row costs: made once, read twice.</summary>
    private const double Lift = 12;

    /// <summary>The same where it is read from the third-level cache.</summary>
    private const double FarLift = 40;

    /// <summary>Multiply-adds that one coordinate of a row costs for each component: its difference, its square and its scaled difference.</summary>
    private const double Difference = 12;

    /// <summary>Multiply-adds that each group costs for each component and row: calls of kernels.</summary>
    private const double Group = 60;

    /// <summary>Kernels work on whole blocks of so many coordinates.</summary>
    private const int Block = 8;

    /// <summary>Whether the centred form is the cheaper one for E-step and statistics of all components.</summary>
    public static bool IsCentredCheaper(FeatureMap map, int components) =>
        !map.AllGroupsOfOne && components * Centred(map) < Products(map, components);

    private static double Products(FeatureMap map, int components) =>
        map.Features * ((2.0 * components) + (map.Features > CachedFeatures ? FarLift : Lift));

    private static double Centred(FeatureMap map)
    {
        double cost = Difference * map.Dimension;
        foreach (int[] group in map.Structure.GroupArrays)
        {
            double padded = (group.Length + Block - 1) / Block * Block;
            cost += (padded * (padded + Block)) + Group;
        }

        return cost;
    }
}
