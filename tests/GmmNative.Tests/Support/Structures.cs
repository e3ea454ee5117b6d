namespace GmmNative.Tests.Support;

/// <summary>The kinds of covariance structure that a dimension allows, by name.</summary>
internal static class Structures
{
    /// <summary>The structures that share nothing; those with several blocks need two dimensions or more.</summary>
    public static IReadOnlyList<string> Names => ["diagonal", "full", "fullBlocks", "equalBlocks", "unequalBlocks"];

    /// <summary>The structures that share variances over coordinates, or covariances over components.</summary>
    public static IReadOnlyList<string> Shared => ["spherical", "tied", "tiedDiagonal", "tiedSpherical"];

    /// <summary>All structures.</summary>
    public static IReadOnlyList<string> All => [.. Names, .. Shared];

    public static CovarianceStructure Make(string name, int dimension) => name switch
    {
        "diagonal" => new CovarianceStructure(CovarianceKind.Diagonal, dimension),
        "full" => new CovarianceStructure(CovarianceKind.Full, dimension),
        "fullBlocks" => new CovarianceStructure(CovarianceKind.Full, dimension, Unequal(dimension)),
        "equalBlocks" => new CovarianceStructure(CovarianceKind.Diagonal, dimension, Equal(dimension)),
        "unequalBlocks" => new CovarianceStructure(CovarianceKind.Diagonal, dimension, Unequal(dimension)),
        "spherical" => new CovarianceStructure(CovarianceKind.Spherical, dimension),
        "tied" => new CovarianceStructure(CovarianceKind.Tied, dimension),
        "tiedDiagonal" => new CovarianceStructure(CovarianceKind.TiedDiagonal, dimension),
        "tiedSpherical" => new CovarianceStructure(CovarianceKind.TiedSpherical, dimension),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such structure."),
    };

    /// <summary>The largest number of equal blocks up to three, then blocks of one.</summary>
    private static int[] Equal(int dimension)
    {
        int blocks = dimension % 3 == 0 ? 3 : dimension % 2 == 0 ? 2 : dimension;
        return [.. Enumerable.Repeat(dimension / blocks, blocks)];
    }

    /// <summary>Two equal blocks with a smaller or larger one between them.</summary>
    private static int[] Unequal(int dimension)
    {
        int outer = (dimension * 2 / 5) + (dimension % 5 == 0 ? 0 : 1);
        int inner = dimension - (2 * outer);
        return inner > 0 ? [outer, inner, outer] : dimension > 1 ? [dimension - 1, 1] : [1];
    }
}
