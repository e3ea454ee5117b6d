namespace GmmNative.Expectation;

/// <summary>
/// The lift of a row x to phi(x) = [x, products x_i x_j with i at most j within each group], in which every log-density is linear
/// and whose weighted sums are the sufficient statistics.
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

    /// <summary>D.</summary>
    public int Dimension { get; }

    /// <summary>Products: the sum of g (g + 1) / 2 over groups of g coordinates.</summary>
    public int Products { get; }

    /// <summary>F = D + <see cref="Products"/>.</summary>
    public int Features { get; }

    /// <summary>Whether the products are just the D squares, in the order of the coordinates.</summary>
    public bool AllGroupsOfOne { get; }

    /// <summary>F: the first factor of each feature, -1 where it is a coordinate alone.</summary>
    public int[] Left { get; }

    /// <summary>F: the second factor of each feature, or the coordinate.</summary>
    public int[] Right { get; }

    /// <summary>Coordinates of the largest group.</summary>
    public int LargestGroup { get; }

    /// <summary>The square of <see cref="LargestGroup"/>.</summary>
    public int LargestSquare => checked(LargestGroup * LargestGroup);

    /// <summary>The sum of the squares of the groups' sizes.</summary>
    public int Squares { get; }

    /// <summary>Where, among all groups' square matrices one after the other, that of a group begins.</summary>
    public int SquareStart(int group) => _squareStarts[group];

    /// <summary>The first coordinate of a group of neighbours, -1 for a group with gaps.</summary>
    public int FirstOfRun(int group) => _firstOfRun[group];

    /// <summary>Lifts one row as it is.</summary>
    public void LiftRow(ReadOnlySpan<double> row, Span<double> features)
    {
        for (int f = 0; f < Features; f++)
        {
            features[f] = Left[f] < 0 ? row[Right[f]] : row[Left[f]] * row[Right[f]];
        }
    }
}
