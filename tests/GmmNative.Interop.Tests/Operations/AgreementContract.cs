using System.Numerics;
using GmmNative.Interop.Seam;
using GmmNative.TestSupport;

namespace GmmNative.Interop.Tests;

/// <summary>Backends and operations against each other, at sizes of several cache blocks that the reference is too slow for.</summary>
public abstract class AgreementContract<T> : DenseOperationsContract<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [Fact]
    public void Products_LargeSizes_AgreeAcrossOperationsAndBackends()
    {
        const int M = 515;
        const int N = 263;
        const int K = 1031;
        var random = new Random(10);
        PaddedMatrix<T> a = PaddedMatrix<T>.Random(random, M, K);
        PaddedMatrix<T> b = PaddedMatrix<T>.Random(random, N, K);

        // The same product A B' by both operations of each backend: the rows in strips are those of B, then the columns of A and B.
        var results = new List<(string Name, PaddedMatrix<T> Product)>();
        foreach (BackendKind kind in TestBackends.Kinds)
        {
            IDenseOperations<T> operations = Operations(kind);
            RowStrips strips = operations.Strips(N);
            GuardedStrips<T> product = GuardedStrips<T>.Unset(strips, M);
            operations.MultiplyStrips(
                operations.Pack(M, K, a.Span, a.LeadingDimension), Strips(strips, K, K, (row, value) => b[row, value]).Matrix,
                new T[product.Height], product.Matrix);
            results.Add(($"{kind} packed", new PaddedMatrix<T>(M, N, 0, (i, j) => double.CreateChecked(product[j, i]))));

            RowStrips columns = operations.Strips(K);
            int height = RowStrips.PaddedHeight(M);
            PaddedMatrix<T> sum = Zeros(M, N);
            operations.AddStripProduct(
                M, N, Strips(columns, M, height, (row, value) => a[value, row]).Matrix,
                Strips(columns, N, N, (row, value) => b[value, row]).Matrix, sum.Span, sum.LeadingDimension);
            results.Add(($"{kind} sum", sum));
        }

        AssertAgree(results, K, lowerOnly: false);
    }

    [Fact]
    public void SymmetricProducts_LargeSizes_AgreeAcrossOperationsAndBackends()
    {
        const int N = 515;
        const int K = 607;
        PaddedMatrix<T> a = PaddedMatrix<T>.Random(new Random(11), K, N);
        var results = new List<(string Name, PaddedMatrix<T> Product)>();
        foreach (BackendKind kind in TestBackends.Kinds)
        {
            IDenseOperations<T> operations = Operations(kind);
            PaddedMatrix<T> gram = Zeros(N, N);
            operations.AddSymmetricProduct(N, K, a.Span, a.LeadingDimension, gram.Span, gram.LeadingDimension);
            results.Add(($"{kind} symmetric", gram));

            RowStrips strips = operations.Strips(K);
            int height = RowStrips.PaddedHeight(N);
            StripMatrix<T> rows = Strips(strips, N, height, (row, value) => a[row, value]).Matrix;
            PaddedMatrix<T> sum = Zeros(N, N);
            operations.AddStripProduct(N, N, rows, rows, sum.Span, sum.LeadingDimension);
            results.Add(($"{kind} sum", sum));
        }

        AssertAgree(results, K, lowerOnly: true);
    }

    private static PaddedMatrix<T> Zeros(int rows, int columns) => new(rows, columns, 3, (_, _) => 0);

    private static GuardedStrips<T> Strips(RowStrips strips, int values, int height, Func<int, int, T> element) =>
        new(strips, values, height, (row, value) => double.CreateChecked(element(row, value)), emptyLanes: 0);

    private static void AssertAgree(List<(string Name, PaddedMatrix<T> Product)> results, int k, bool lowerOnly)
    {
        // Elements are at most 0.5 and k of their products are summed: each result errs by at most gamma_k of k / 4.
        double bound = 2 * ErrorBound<T>.Gamma(k) * k * 0.25;
        (string firstName, PaddedMatrix<T> first) = results[0];
        foreach ((string name, PaddedMatrix<T> product) in results.Skip(1))
        {
            for (int i = 0; i < first.Rows; i++)
            {
                for (int j = 0; j < (lowerOnly ? i + 1 : first.Columns); j++)
                {
                    if (!(Math.Abs(double.CreateChecked(product[i, j] - first[i, j])) <= bound))
                    {
                        Assert.Fail($"Element ({i}, {j}): {name} gives {product[i, j]}, {firstName} {first[i, j]}.");
                    }
                }
            }
        }
    }
}
