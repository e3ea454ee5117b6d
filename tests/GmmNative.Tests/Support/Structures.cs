namespace GmmNative.Tests.Support;

/// <summary>The kinds of covariance structure that a dimension allows, by name.</summary>
internal static class Structures
{
    /// <summary>All names; those with several blocks need two dimensions or more.</summary>
    public static IReadOnlyList<string> Names => ["diagonal", "full", "fullBlocks", "equalBlocks", "unequalBlocks"];

    public static CovarianceStructure Make(string name, int dimension) => name switch
    {
        "diagonal" => new CovarianceStructure(CovarianceKind.Diagonal, dimension),
        "full" => new CovarianceStructure(CovarianceKind.Full, dimension),
        "fullBlocks" => new CovarianceStructure(CovarianceKind.Full, dimension, Unequal(dimension)),
        "equalBlocks" => new CovarianceStructure(CovarianceKind.Diagonal, dimension, Equal(dimension)),
        "unequalBlocks" => new CovarianceStructure(CovarianceKind.Diagonal, dimension, Unequal(dimension)),
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
