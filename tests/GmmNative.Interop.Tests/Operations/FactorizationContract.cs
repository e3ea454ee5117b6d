using System.Numerics;
using GmmNative.Interop.Seam;
using GmmNative.TestSupport;

namespace GmmNative.Interop.Tests;

/// <summary>Cholesky factor, inverse and triangular solve against the double-double reference.</summary>
/// <remarks>
/// Factor and solve are held to their backward errors, |L L' - A| &lt;= gamma_(n+1) |L||L'| and |Y L' - X| &lt;= gamma_n |Y||L'| (Higham
/// 10.3, 8.5), with 4 n + 8 in place of n: implementations multiply by rounded reciprocals and work in blocks, which add a few
/// roundings to each term. The inverse has no such elementwise bound: it is held to 8 n u times the condition number, in norm (14.3).
/// </remarks>
public abstract class FactorizationContract<T> : DenseOperationsContract<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [Theory]
    [ClassData(typeof(AvailableBackends))]
    public void Cholesky_OddOrders_GivesFactorWithinRounding(BackendKind kind)
    {
        IDenseOperations<T> operations = Operations(kind);
        var random = new Random(4);
        foreach (int n in Sizes.All)
        {
            PaddedMatrix<T> a = PositiveDefinite(random, n, random.Next(3));
            Assert.Equal(0, operations.Cholesky(n, a.Span, a.LeadingDimension));

            DenseMatrix factor = a.ToReference();
            (DenseMatrix product, DenseMatrix scale) = LowerProduct(factor);
            ErrorBound<T>.AssertWithin(
                a.OriginalReference(), product, scale, ErrorBound<T>.Gamma((4 * n) + 8), $"order {n}", lowerOnly: true);
            a.AssertUntouchedBut((row, column) => column <= row);
        }
    }

    [Theory]
    [ClassData(typeof(AvailableBackends))]
    public void Cholesky_BadPivot_ReturnsItsPlace(BackendKind kind)
    {
        IDenseOperations<T> operations = Operations(kind);
        var random = new Random(6);
        foreach (int n in Sizes.All.Where(n => n > 0))
        {
            foreach (int bad in (int[])[0, n / 2, n - 1])
            {
                foreach (double pivot in (double[])[-1, 0, double.NaN, double.PositiveInfinity, double.NegativeInfinity])
                {
                    PaddedMatrix<T> a = PositiveDefinite(random, n);
                    a.Span[bad * (a.LeadingDimension + 1)] = T.CreateChecked(pivot);
                    Assert.Equal(bad + 1, operations.Cholesky(n, a.Span, a.LeadingDimension));
                }
            }
        }
    }

    [Theory]
    [ClassData(typeof(AvailableBackends))]
    public void Cholesky_NaNLeftOfDiagonal_ReturnsItsRow(BackendKind kind)
    {
        IDenseOperations<T> operations = Operations(kind);
        var random = new Random(7);
        foreach (int n in Sizes.All.Where(n => n > 1))
        {
            foreach (int row in (int[])[1, (n / 2) + (n == 2 ? 0 : 1), n - 1])
            {
                PaddedMatrix<T> a = PositiveDefinite(random, n);
                a.Span[row * a.LeadingDimension] = T.NaN;
                Assert.Equal(row + 1, operations.Cholesky(n, a.Span, a.LeadingDimension));
            }
        }
    }

    [Theory]
    [ClassData(typeof(AvailableBackends))]
    public void InvertFromCholesky_OddOrders_GivesInverseWithinConditionTimesRounding(BackendKind kind)
    {
        IDenseOperations<T> operations = Operations(kind);
        var random = new Random(8);
        foreach (int n in Sizes.All.Where(n => n <= 100))
        {
            PaddedMatrix<T> factor = Triangular(random, n);
            DenseMatrix exactFactor = factor.OriginalReference().LowerTriangle();
            DenseMatrix expected = exactFactor.InverseFromCholesky();
            operations.InvertFromCholesky(n, factor.Span, factor.LeadingDimension);

            double norm = expected.FrobeniusNorm();
            double condition = norm * exactFactor.Times(exactFactor.Transposed()).FrobeniusNorm();
            DenseMatrix scale = DenseMatrix.From(n, n, (_, _) => norm);
            ErrorBound<T>.AssertWithin(
                expected, factor.ToReference(), scale, 8 * n * ErrorBound<T>.UnitRoundoff * condition, $"order {n}", lowerOnly: true);
            factor.AssertUntouchedBut((row, column) => column <= row);
        }
    }

    [Theory]
    [ClassData(typeof(AvailableBackends))]
    public void InvertFromCholesky_ZeroOnDiagonal_ThrowsAndLeavesFactor(BackendKind kind)
    {
        var factor = new PaddedMatrix<T>(5, 5, 1, (i, j) => j > i || (i == 3 && j == 3) ? 0 : 1);
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => Operations(kind).InvertFromCholesky(5, factor.Span, factor.LeadingDimension));
        Assert.Contains("element 4 ", error.Message, StringComparison.Ordinal);
        factor.AssertUntouched();
    }

    [Theory]
    [ClassData(typeof(AvailableBackends))]
    public void SolveStrips_OddSizes_IsWithinRounding(BackendKind kind)
    {
        IDenseOperations<T> operations = Operations(kind);
        var random = new Random(9);
        foreach ((int m, int n, _) in Sizes.Triples(14).Where(size => (long)size.M * size.N * size.N <= 300_000))
        {
            PaddedMatrix<T> factor = Triangular(random, n);
            int height = RowStrips.PaddedHeight(n) + (8 * random.Next(2));
            GuardedStrips<T> b = GuardedStrips<T>.Random(random, operations.Strips(m), n, height, double.NaN, random.Next(3));
            operations.SolveStrips(operations.PackFactor(n, factor.Span, factor.LeadingDimension), b.Matrix);

            // Two roundings a term at most: one when the factor is packed, one in the sum.
            DenseMatrix transposed = factor.ToReference().LowerTriangle().Transposed();
            DenseMatrix solution = b.ToReference();
            ErrorBound<T>.AssertWithin(
                b.OriginalReference(),
                solution.Times(transposed),
                solution.Absolute().Times(transposed.Absolute()),
                ErrorBound<T>.Gamma((8 * n) + 16),
                $"{m} x {n}");
            factor.AssertUntouched();
            b.AssertNothingAroundTouched();
        }
    }

    [Theory]
    [ClassData(typeof(AvailableBackends))]
    public void SolveStrips_IllConditionedFactor_HasASmallBackwardError(BackendKind kind)
    {
        // Three nearly dependent coordinates: an inverse of L as a whole would have elements of 1 / tiny^3.
        const int N = 40;
        var random = new Random(13);
        IDenseOperations<T> operations = Operations(kind);
        double tiny = typeof(T) == typeof(double) ? 1e-6 : 1e-3;
        var factor = new PaddedMatrix<T>(
            N, N, 3, (i, j) => i == j ? (i % 16 == 5 ? tiny : 1) : j < i ? PaddedMatrix<T>.NextValue(random) : double.NaN);
        GuardedStrips<T> b = GuardedStrips<T>.Random(random, operations.Strips(50), N, RowStrips.PaddedHeight(N));
        operations.SolveStrips(operations.PackFactor(N, factor.Span, factor.LeadingDimension), b.Matrix);

        DenseMatrix transposed = factor.ToReference().LowerTriangle().Transposed();
        DenseMatrix solution = b.ToReference();
        ErrorBound<T>.AssertWithin(
            b.OriginalReference(),
            solution.Times(transposed),
            solution.Absolute().Times(transposed.Absolute()),
            ErrorBound<T>.Gamma(8 * N) / tiny,
            $"{kind}");
    }

    /// <summary>L L' and |L||L'|, lower triangles only.</summary>
    private static (DenseMatrix Product, DenseMatrix Scale) LowerProduct(DenseMatrix factor)
    {
        var product = new DenseMatrix(factor.Rows, factor.Rows);
        var scale = new DenseMatrix(factor.Rows, factor.Rows);
        for (int i = 0; i < factor.Rows; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                for (int k = 0; k <= j; k++)
                {
                    product[i, j] += factor[i, k] * factor[j, k];
                    scale[i, j] += Math.Abs(factor[i, k].High * factor[j, k].High);
                }
            }
        }

        return (product, scale);
    }
}
