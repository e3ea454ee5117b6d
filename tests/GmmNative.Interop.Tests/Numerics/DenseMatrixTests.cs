using GmmNative.TestSupport;

namespace GmmNative.Interop.Tests;

/// <summary>The reference matrix operations, on examples worked by hand.</summary>
public sealed class DenseMatrixTests
{
    [Fact]
    public void Times_SmallMatrices_IsTheProduct()
    {
        DenseMatrix product = Matrix(2, 3, 1, 2, 3, 4, 5, 6).Times(Matrix(3, 2, 1, -1, 0, 3, 2, 1));
        AssertEqual(Matrix(2, 2, 7, 8, 16, 17), product);
        Assert.Throws<ArgumentException>(() => product.Times(Matrix(1, 1, 1)));
    }

    [Fact]
    public void Cholesky_SmallMatrix_IsTheFactorAndItsInverse()
    {
        DenseMatrix factor = Matrix(2, 2, 4, double.NaN, 2, 5).Cholesky();
        AssertEqual(Matrix(2, 2, 2, 0, 1, 2), factor);
        AssertEqual(Matrix(2, 2, 0.3125, -0.125, -0.125, 0.25), factor.InverseFromCholesky());
    }

    [Fact]
    public void Cholesky_Indefinite_Throws() => Assert.Throws<ArithmeticException>(() => Matrix(2, 2, 1, 2, 2, 1).Cholesky());

    [Fact]
    public void SymmetricFromLower_UpperTriangle_IsReplaced() =>
        AssertEqual(Matrix(2, 2, 1, 3, 3, 4), Matrix(2, 2, 1, 2, 3, 4).SymmetricFromLower());

    [Fact]
    public void FrobeniusNorm_ThreeFour_IsFive() => Assert.Equal(5, Matrix(1, 2, 3, -4).FrobeniusNorm());

    private static DenseMatrix Matrix(int rows, int columns, params double[] values) =>
        DenseMatrix.Read<double>(rows, columns, values, columns);

    private static void AssertEqual(DenseMatrix expected, DenseMatrix actual)
    {
        Assert.Equal((expected.Rows, expected.Columns), (actual.Rows, actual.Columns));
        for (int i = 0; i < expected.Rows; i++)
        {
            for (int j = 0; j < expected.Columns; j++)
            {
                Assert.Equal(expected[i, j], actual[i, j]);
            }
        }
    }
}
