using GmmNative.Model;
using GmmNative.Tests.Support;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Model;

/// <summary>Cholesky factors of matrices that double cannot factor to more than a few digits.</summary>
public sealed class AccurateCholeskyTests
{
    [Theory]
    [InlineData(1, 1.0)]
    [InlineData(2, 1e-13)]
    [InlineData(7, 1e-13)]
    [InlineData(9, 1e-9)]
    [InlineData(33, 1e-13)]
    [InlineData(64, 1e-12)]
    public void TryFactor_NearlySingular_GivesEveryEntryToRounding(int n, double smallest)
    {
        double[] matrix = NearlySingular(new Random(n), n, smallest);
        DenseMatrix expected = DenseMatrix.From(n, n, (i, j) => matrix[(i * n) + j]).Cholesky();

        Assert.True(AccurateCholesky.TryFactor(n, matrix));

        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                // Two pairs of doubles give some 30 digits, of which the condition takes 13.
                double scale = Math.Abs((double)expected[i, j]) + (1e-12 * Math.Abs((double)expected[j, j]));
                Assert.Equal((double)expected[i, j], matrix[(i * n) + j], 4e-16 * scale);
            }
        }
    }

    [Fact]
    public void TryFactor_Indefinite_IsRefused()
    {
        Assert.False(AccurateCholesky.TryFactor(2, [1, 0, 2, 1]));
        Assert.False(AccurateCholesky.TryFactor(2, [1, 0, 1, 1]));
        Assert.False(AccurateCholesky.TryFactor(1, [0]));
        Assert.False(AccurateCholesky.TryFactor(1, [double.NaN]));
    }

    [Fact]
    public void LogDensities_OfNearlySingularCovariances_AreTheExactOnes()
    {
        // What the managed factor in double answers here is wrong in the third digit, and another backend's in another way.
        Random random = new(5);
        CovarianceStructure structure = Structures.Make("full", 6);
        double[] rows = [.. RandomMixtures.Normals(random, 6 * 50)];
        GaussianMixture model = new(structure, [1.0], new double[6], NearlySingular(random, 6, 1e-13));
        NaiveMixture naive = new(model);
        foreach (ExecutionOptions execution in Executions.All.Where(e => e is { Precision: Precision.Double, Path: NumericalPath.Auto }))
        {
            double[] densities = model.LogDensities(VectorSource.From((ReadOnlyMemory<double>)rows, 6), execution);
            for (int t = 0; t < densities.Length; t++)
            {
                DoubleDouble[] posteriors = new DoubleDouble[1];
                double expected = (double)naive.Expect(rows.AsSpan(6 * t, 6), posteriors);
                Assert.Equal(expected, densities[t], 1e-8 * Math.Abs(expected));
            }
        }
    }

    /// <summary>A correlation-like matrix whose last pivot is a given share of its variance.</summary>
    private static double[] NearlySingular(Random random, int n, double smallest)
    {
        double[] factor = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                factor[(i * n) + j] = RandomMixtures.Normal(random) / n;
            }

            factor[(i * n) + i] = i == n - 1 ? Math.Sqrt(smallest) : 1;
        }

        double[] matrix = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                matrix[(i * n) + j] = Enumerable.Range(0, n).Sum(m => factor[(Math.Max(i, j) * n) + m] * factor[(Math.Min(i, j) * n) + m]);
            }
        }

        return matrix;
    }
}
