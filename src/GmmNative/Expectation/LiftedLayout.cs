namespace GmmNative.Expectation;

/// <summary>
/// The order of the elements of a lifted row phi(x) = [x, products x_i x_j with i at most j within each group]. Every log-density is a
/// linear function of phi(x), and the weighted sums of phi(x) are the sufficient statistics.
/// </summary>
internal sealed class LiftedLayout
{
    private readonly int[] _squareStarts;
    private readonly int[] _firstOfRun;

    public LiftedLayout(CovarianceStructure structure)
    {
        Structure = structure;
        Dimension = structure.Dimension;
        int[][] groups = structure.GroupArrays;
        _squareStarts = new int[groups.Length];
        _firstOfRun = new int[groups.Length];
        for (int g = 0; g < groups.Length; g++)
        {
            int n = groups[g].Length;
            _squareStarts[g] = Squares;
            Squares = checked(Squares + (n * n));
            Products = checked(Products + (int)(n * (n + 1L) / 2));
            LargestGroup = Math.Max(LargestGroup, n);
            _firstOfRun[g] = groups[g][^1] - groups[g][0] == n - 1 ? groups[g][0] : -1;
        }

        Features = checked(Dimension + Products);
        AllGroupsOfOne = groups.Length == Dimension;
        Left = new int[Features];
        Right = new int[Features];
        int feature = 0;
        for (; feature < Dimension; feature++)
        {
            (Left[feature], Right[feature]) = (-1, feature);
        }

        foreach (int[] group in groups)
        {
            for (int i = 0; i < group.Length; i++)
            {
                for (int j = i; j < group.Length; j++, feature++)
                {
                    (Left[feature], Right[feature]) = (group[i], group[j]);
                }
            }
        }
    }

    public CovarianceStructure Structure { get; }

    /// <summary>The dimension, D.</summary>
    public int Dimension { get; }

    /// <summary>The number of products: the sum of g (g + 1) / 2 over groups of g coordinates.</summary>
    public int Products { get; }

    /// <summary>The number of features, F = D + <see cref="Products"/>.</summary>
    public int Features { get; }

    /// <summary>Whether the products are only the D squares, in the order of the coordinates.</summary>
    public bool AllGroupsOfOne { get; }

    /// <summary>The first factor of each of the F features; -1 if the feature is a single coordinate.</summary>
    public int[] Left { get; }

    /// <summary>The second factor of each of the F features, or the single coordinate.</summary>
    public int[] Right { get; }

    /// <summary>The first factor of each product.</summary>
    public ReadOnlySpan<int> ProductLeft => Left.AsSpan(Dimension);

    /// <summary>The second factor of each product. It is not before the first factor in its group.</summary>
    public ReadOnlySpan<int> ProductRight => Right.AsSpan(Dimension);

    /// <summary>The number of coordinates of the largest group.</summary>
    public int LargestGroup { get; }

    /// <summary>The square of <see cref="LargestGroup"/>.</summary>
    public int LargestSquare => checked(LargestGroup * LargestGroup);

    /// <summary>The sum of the squares of the sizes of the groups.</summary>
    public int Squares { get; }

    /// <summary>Returns the position of a group's matrix among the square matrices of all groups, which are stored contiguously.</summary>
    public int SquareStart(int group) => _squareStarts[group];

    /// <summary>Returns the first coordinate of a group of consecutive coordinates; -1 for a group with gaps.</summary>
    public int FirstOfRun(int group) => _firstOfRun[group];

    /// <summary>Lifts one row without subtracting a point.</summary>
    public void LiftRow(ReadOnlySpan<double> row, Span<double> features)
    {
        for (int f = 0; f < Features; f++)
        {
            features[f] = Left[f] < 0 ? row[Right[f]] : row[Left[f]] * row[Right[f]];
        }
    }
}
