using GmmNative.Model;
using Xunit;

namespace GmmNative.Tests.Model;

public class CancellableCholeskyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(95)]
    [InlineData(512)]
    [InlineData(513)]
    [InlineData(577)]
    [InlineData(700)]
    public void Exists_OfDefiniteAndBarelyIndefinite_TellsThemApart(int n)
    {
        // The same with one variance negative, at the start, in the middle and at the end.
        double[] definite = Definite(n);
        Assert.True(CancellableCholesky.Exists(n, [.. definite], CancellationToken.None));
        foreach (int place in (int[])[0, n / 2, n - 1])
        {
            double[] indefinite = [.. definite];
            indefinite[(place * n) + place] -= 2 * definite[(place * n) + place];
            Assert.False(CancellableCholesky.Exists(n, indefinite, CancellationToken.None));
        }
    }

    [Theory]
    [InlineData(600)]
    public void Exists_NearTheBorder_IsDecidedByTheLastPivot(int n)
    {
        // The last variance decides alone: what the others leave of it is 1 here by construction.
        double[] matrix = Definite(n);
        double[] without = [.. matrix];
        without[^1] -= 1 + 1e-6;
        Assert.False(CancellableCholesky.Exists(n, without, CancellationToken.None));
        double[] with = [.. matrix];
        with[^1] -= 1 - 1e-6;
        Assert.True(CancellableCholesky.Exists(n, with, CancellationToken.None));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(600)]
    public void Exists_ValuesThatAreNotFinite_IsFalse(int n)
    {
        foreach (double bad in (double[])[double.NaN, double.PositiveInfinity])
        {
            double[] matrix = Definite(n);
            matrix[^2] = bad;
            Assert.False(CancellableCholesky.Exists(n, matrix, CancellationToken.None));
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(600)]
    public void Exists_Cancelled_Throws(int n) =>
        Assert.Throws<OperationCanceledException>(() => CancellableCholesky.Exists(n, Definite(n), new CancellationToken(canceled: true)));

    /// <summary>L L' with random L whose diagonal is 1 (so that every pivot is 1), lower triangle only.</summary>
    private static double[] Definite(int n)
    {
        Random random = new(n);
        double[] l = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = Math.Max(0, i - 200); j < i; j++)
            {
                l[(i * n) + j] = (random.NextDouble() - 0.5) / 16;
            }

            l[(i * n) + i] = 1;
        }

        double[] matrix = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = 0;
                for (int k = 0; k <= j; k++)
                {
                    sum += l[(i * n) + k] * l[(j * n) + k];
                }

                matrix[(i * n) + j] = sum;
            }
        }

        return matrix;
    }
}
