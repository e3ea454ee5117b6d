using System.Numerics;
using GmmNative.Interop.Kernels;
using GmmNative.Interop.Seam;

namespace GmmNative.Expectation;

/// <summary>
/// The order of the elements of a lifted row phi(x) = [x, quadratic features], and of the second moments. Log-densities are linear
/// functions of phi(x), except for a term that all components have in common if they share a covariance.
/// </summary>
/// <remarks>
/// A second moment is a sum of products x_i x_j over rows. Most layouts have one second moment for each product with i at most j within a
/// group. A spherical layout has one second moment only, the sum of the products x_i x_i. The weighted sums of phi(x) are the first and the
/// second moments, unless there are no quadratic features.
/// </remarks>
internal sealed class LiftedLayout
{
    private readonly int[] _squareStarts;
    private readonly int[] _firstOfRun;
    private readonly int[] _termLeft;
    private readonly int[] _termRight;
    private readonly int _firstTerm;

    public LiftedLayout(CovarianceStructure structure)
    {
        Structure = structure;
        Dimension = structure.Dimension;
        Quadratic = structure.IsTied ? QuadraticFeatures.None
            : structure.IsSpherical ? QuadraticFeatures.Norm : QuadraticFeatures.Products;
        int[][] groups = structure.GroupArrays;
        _squareStarts = new int[groups.Length];
        _firstOfRun = new int[groups.Length];
        int terms = 0;
        for (int g = 0; g < groups.Length; g++)
        {
            int n = groups[g].Length;
            _squareStarts[g] = Squares;
            Squares = checked(Squares + (n * n));
            terms = checked(terms + (int)(n * (n + 1L) / 2));
            LargestGroup = Math.Max(LargestGroup, n);
            _firstOfRun[g] = groups[g][^1] - groups[g][0] == n - 1 ? groups[g][0] : -1;
        }

        SecondMoments = structure.IsSpherical ? 1 : terms;
        Features = Quadratic == QuadraticFeatures.None ? Dimension : checked(Dimension + SecondMoments);
        AllGroupsOfOne = groups.Length == Dimension;
        Left = new int[Quadratic == QuadraticFeatures.Products ? Features : Dimension];
        Right = new int[Left.Length];
        for (int d = 0; d < Dimension; d++)
        {
            (Left[d], Right[d]) = (-1, d);
        }

        // Products are features and terms of second moments at the same time, and are stored once.
        bool isStoredOnce = Quadratic == QuadraticFeatures.Products;
        _firstTerm = isStoredOnce ? Dimension : 0;
        _termLeft = isStoredOnce ? Left : new int[terms];
        _termRight = isStoredOnce ? Right : new int[terms];
        int next = _firstTerm;
        foreach (int[] group in groups)
        {
            for (int i = 0; i < group.Length; i++)
            {
                for (int j = i; j < group.Length; j++, next++)
                {
                    (_termLeft[next], _termRight[next]) = (group[i], group[j]);
                }
            }
        }
    }

    public CovarianceStructure Structure { get; }

    /// <summary>The quadratic elements of a lifted row.</summary>
    public QuadraticFeatures Quadratic { get; }

    /// <summary>The dimension, D.</summary>
    public int Dimension { get; }

    /// <summary>
    /// The number of second moments per component: the sum of g (g + 1) / 2 over groups of g coordinates, or 1 if all coordinates share one
    /// variance.
    /// </summary>
    public int SecondMoments { get; }

    /// <summary>The number of features, F: D, and <see cref="SecondMoments"/> more unless components share a covariance.</summary>
    public int Features { get; }

    /// <summary>Whether every group has one coordinate, so that only squares are summed.</summary>
    public bool AllGroupsOfOne { get; }

    /// <summary>The first factor of each feature that is a coordinate or a product; -1 if the feature is a single coordinate.</summary>
    public int[] Left { get; }

    /// <summary>The second factor of each feature that is a coordinate or a product, or the single coordinate.</summary>
    public int[] Right { get; }

    /// <summary>The first factor of each product that is part of a second moment, group by group.</summary>
    public ReadOnlySpan<int> TermLeft => _termLeft.AsSpan(_firstTerm);

    /// <summary>
    /// The second factor of each product that is part of a second moment. It is not before the first factor in its group.
    /// </summary>
    public ReadOnlySpan<int> TermRight => _termRight.AsSpan(_firstTerm);

    /// <summary>The number of coordinates of the largest group.</summary>
    public int LargestGroup { get; }

    /// <summary>The square of <see cref="LargestGroup"/>.</summary>
    public int LargestSquare => checked(LargestGroup * LargestGroup);

    /// <summary>The sum of the squares of the sizes of the groups.</summary>
    public int Squares { get; }

    /// <summary>Returns the second moment that a product is part of.</summary>
    /// <param name="term">The number of the product in <see cref="TermLeft"/>.</param>
    public int SecondOf(int term) => SecondMoments == 1 ? 0 : term;

    /// <summary>Returns the position of a group's matrix among the square matrices of all groups, which are stored contiguously.</summary>
    public int SquareStart(int group) => _squareStarts[group];

    /// <summary>Returns the first coordinate of a group of consecutive coordinates; -1 for a group with gaps.</summary>
    public int FirstOfRun(int group) => _firstOfRun[group];

    /// <summary>Lifts one row without subtracting a point.</summary>
    public void LiftRow(ReadOnlySpan<double> row, Span<double> features)
    {
        for (int f = 0; f < Left.Length; f++)
        {
            features[f] = Left[f] < 0 ? row[Right[f]] : row[Left[f]] * row[Right[f]];
        }

        if (Quadratic == QuadraticFeatures.Norm)
        {
            features[Dimension] = 0;
            foreach (double value in row)
            {
                features[Dimension] += value * value;
            }
        }
    }

    /// <summary>Copies rows to strips and lifts them.</summary>
    /// <param name="rows">The rows, row-major, D values each.</param>
    /// <param name="expansionPoint">The point that is subtracted from the rows, in double.</param>
    /// <param name="scratch">Receives D values per row; used only if products are features.</param>
    /// <param name="features">Receives F features per row. Values beyond F are unspecified.</param>
    public void Lift<T>(ReadOnlySpan<double> rows, double[] expansionPoint, StripMatrix<T> scratch, StripMatrix<T> features)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Quadratic == QuadraticFeatures.Products)
        {
            StripLayout.FromRows(rows, expansionPoint, scratch);
            StripLayout.Products(scratch, Left, Right, features);
            return;
        }

        StripLayout.FromRows(rows, expansionPoint, features, Dimension);
        if (Quadratic == QuadraticFeatures.Norm)
        {
            StripNorms.AppendSquares(features, Dimension);
        }
    }
}
