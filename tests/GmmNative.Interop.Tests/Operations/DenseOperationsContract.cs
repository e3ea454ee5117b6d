using System.Numerics;
using GmmNative.Interop.Seam;
using GmmNative.TestSupport;

namespace GmmNative.Interop.Tests;

/// <summary>
/// What every backend must do in the precision <typeparamref name="T"/>: the base of one test class a precision and topic.
/// </summary>
public abstract class DenseOperationsContract<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private protected static IDenseOperations<T> Operations(BackendKind kind) => TestBackends.Get(kind).Operations<T>();

    /// <summary>
    /// Every operation once, at odd sizes, on operands that begin <paramref name="offset"/> elements behind a 64-byte boundary.
    /// </summary>
    /// <returns>All elements of all results.</returns>
    private protected static T[] RunEverything(IDenseOperations<T> operations, int offset = 0)
    {
        const int M = 67;
        const int N = 37;
        const int K = 129;
        var random = new Random(5);
        RowStrips strips = operations.Strips(N);
        int height = RowStrips.PaddedHeight(M);
        PaddedMatrix<T> a = PaddedMatrix<T>.Random(random, M, K, offset);
        GuardedStrips<T> b = GuardedStrips<T>.Random(random, strips, K, K, emptyLanes: 0, offset);
        GuardedStrips<T> c = GuardedStrips<T>.Unset(strips, M, offset);
        GuardedStrips<T> added = GuardedStrips<T>.Random(random, strips, M, height, double.NaN, offset);
        GuardedStrips<T> weights = GuardedStrips<T>.Random(random, strips, M, height, emptyLanes: 0, offset);
        T[] bias = [.. Enumerable.Range(0, height).Select(_ => T.CreateChecked(PaddedMatrix<T>.NextValue(random)))];
        PaddedMatrix<T> sum = PaddedMatrix<T>.Random(random, M, K, offset);
        PaddedMatrix<T> gram = PaddedMatrix<T>.Random(random, K, K, offset);
        PaddedMatrix<T> factor = PositiveDefinite(random, K, offset);
        GuardedStrips<T> solved = GuardedStrips<T>.Random(random, strips, K, RowStrips.PaddedHeight(K), double.NaN, offset);

        PackedOperand<T> packed = operations.Pack(M, K, a.Span, a.LeadingDimension);
        operations.MultiplyStrips(packed, b.Matrix, bias, c.Matrix);
        operations.MultiplyStrips(packed, b.Matrix, [], added.Matrix);
        operations.AddStripProduct(M, K, weights.Matrix, b.Matrix, sum.Span, sum.LeadingDimension);
        operations.AddSymmetricProduct(K, M, a.Span, a.LeadingDimension, gram.Span, gram.LeadingDimension);
        Assert.Equal(0, operations.Cholesky(K, factor.Span, factor.LeadingDimension));
        operations.SolveStrips(operations.PackFactor(K, factor.Span, factor.LeadingDimension), solved.Matrix);
        operations.InvertFromCholesky(K, factor.Span, factor.LeadingDimension);
        return
        [
            .. c.Elements(), .. added.Elements(), .. sum.Elements(), .. gram.Elements(), .. solved.Elements(), .. factor.Elements(),
        ];
    }

    /// <summary>A well-conditioned symmetric matrix in the lower triangle, NaN in the strict upper one.</summary>
    private protected static PaddedMatrix<T> PositiveDefinite(Random random, int n, int offset = 0)
    {
        // Diagonally dominant: Gershgorin's circles keep the eigenvalues between 0.5 and 2.
        var values = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                values[i, j] = PaddedMatrix<T>.NextValue(random) / n;
            }
        }

        return new PaddedMatrix<T>(n, n, random.Next(4), (i, j) => i == j ? 1.25 : j < i ? values[i, j] : double.NaN, offset);
    }

    /// <summary>A well-conditioned lower triangular matrix, NaN in the strict upper triangle.</summary>
    private protected static PaddedMatrix<T> Triangular(Random random, int n)
    {
        double scale = 1 / Math.Sqrt(Math.Max(n, 1));
        return new PaddedMatrix<T>(
            n, n, random.Next(4), (i, j) =>
            i == j ? 1 + random.NextDouble() : j < i ? PaddedMatrix<T>.NextValue(random) * scale : double.NaN);
    }
}
