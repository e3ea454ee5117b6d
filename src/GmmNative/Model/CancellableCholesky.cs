using System.Numerics.Tensors;
using GmmNative.Interop;
using GmmNative.Interop.Seam;

namespace GmmNative.Model;

/// <summary>
/// Determines in steps whether a matrix has a Cholesky factor. Factoring a large matrix takes minutes and must be cancelable.
/// </summary>
internal static class CancellableCholesky
{
    /// <summary>Up to this order, a single call takes milliseconds.</summary>
    private const int MaximumOrderAtOnce = 512;

    /// <summary>The number of columns per step.</summary>
    private const int BlockOrder = 96;

    /// <summary>Returns whether a Cholesky factor exists, which means that the matrix is positive definite up to rounding.</summary>
    /// <param name="n">Order.</param>
    /// <param name="matrix">n x n, of which the lower triangle is read; overwritten.</param>
    /// <param name="cancellationToken">Checked before each step.</param>
    public static bool Exists(int n, double[] matrix, CancellationToken cancellationToken)
    {
        IDenseOperations<double> operations = Backends.Managed.DoubleOperations;
        cancellationToken.ThrowIfCancellationRequested();
        return n <= MaximumOrderAtOnce ? operations.Cholesky(n, matrix, n) == 0 : FactorInSteps(operations, n, matrix, cancellationToken);
    }

    /// <summary>
    /// Factors block columns from left to right (Golub and Van Loan, Matrix Computations, 2013, 4.2.6). The rest of the matrix is stored
    /// negated, because the symmetric product is added to it.
    /// </summary>
    private static bool FactorInSteps(IDenseOperations<double> operations, int n, double[] matrix, CancellationToken cancellationToken)
    {
        TensorPrimitives.Negate(matrix, matrix);
        int stride = PaddedRows.Stride(n);
        double[] block = new double[BlockOrder * BlockOrder];
        double[] panel = new double[BlockOrder * stride];
        for (int first = 0; first < n; first += BlockOrder)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(BlockOrder, n - first);
            for (int i = 0; i < count; i++)
            {
                TensorPrimitives.Negate(matrix.AsSpan(((first + i) * n) + first, count), block.AsSpan(i * count, count));
            }

            if (operations.Cholesky(count, block, count) != 0)
            {
                return false;
            }

            int below = first + count;
            int rest = n - below;
            SolveBelow(n, first, count, matrix, block, panel, stride);
            if (rest > 0)
            {
                operations.AddSymmetricProduct(rest, count, panel, stride, matrix.AsSpan((below * n) + below), n);
            }
        }

        return true;
    }

    /// <summary>Solves L y = b for each row b below a block with factor L. The solutions y are stored as columns of the panel.</summary>
    private static void SolveBelow(int n, int first, int count, double[] matrix, double[] factor, double[] panel, int stride)
    {
        Span<double> y = stackalloc double[BlockOrder];
        int below = first + count;
        for (int row = below; row < n; row++)
        {
            ReadOnlySpan<double> negated = matrix.AsSpan((row * n) + first, count);
            for (int j = 0; j < count; j++)
            {
                ReadOnlySpan<double> l = factor.AsSpan(j * count, j + 1);
                y[j] = -(negated[j] + TensorPrimitives.Dot(l[..j], y[..j])) / l[j];
                panel[(j * stride) + row - below] = y[j];
            }
        }
    }
}
