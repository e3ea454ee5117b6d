using GmmNative.Interop;
using GmmNative.Model;
using GmmNative.Tests.Support;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Maximization;

/// <summary>Full covariances of data that do not fill their space.</summary>
public sealed class SingularCovarianceTests
{
    public static TheoryData<BackendKind, double> Cases
    {
        get
        {
            TheoryData<BackendKind, double> data = [];
            foreach (BackendKind backend in TestBackends.Kinds)
            {
                foreach (double scale in (double[])[1e-2, 1, 1e3, 1e7, 1e12])
                {
                    data.Add(backend, scale);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fit_CollinearColumns_FloorsEigenvaluesAndReportsThem(BackendKind backend, double scale)
    {
        for (int seed = 0; seed < 15; seed++)
        {
            int dimension = 2 + seed;
            double[] rows = Collinear(seed, dimension, 60, scale);
            GmmFitResult result = Fit(rows, dimension, backend, SingularCovarianceHandling.FloorEigenvalues, 1e-6);
            Assert.Equal([0, 1], result.Diagnostics.EigenvalueFlooredComponents);
            Assert.Contains(result.Diagnostics.Warnings, warning => warning.Contains("not positive definite", StringComparison.Ordinal));
            Assert.True(double.IsFinite(result.TotalLogLikelihood));

            // What the floor changes is the floor, or rounding of the largest variance.
            double[] variances = [.. Enumerable.Range(0, dimension).Select(d => result.Model.CovarianceAt(0, d, d))];
            Assert.All(variances, variance => Assert.InRange(variance, 1e-7, 1e6 * scale * scale));
            Assert.All(result.Model.LogDensities(VectorSource.From((ReadOnlyMemory<double>)rows, dimension)), density =>
                Assert.True(double.IsFinite(density)));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fit_CollinearColumnsWhenToThrow_NamesComponentAndIteration(BackendKind backend, double scale)
    {
        double[] rows = Collinear(1, 4, 60, scale);
        SingularCovarianceException error = Assert.Throws<SingularCovarianceException>(
            () => Fit(rows, 4, backend, SingularCovarianceHandling.Throw, 1e-6));
        Assert.Equal(0, error.Component);
        Assert.Equal(1, error.Iteration);
        Assert.Contains("component 0", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fit_CollinearColumnsWithoutFloor_Throws(BackendKind backend, double scale) => Assert.Throws<SingularCovarianceException>(
        () => Fit(Collinear(2, 5, 60, scale), 5, backend, SingularCovarianceHandling.FloorEigenvalues, 0));

    [Fact]
    public void Fit_CollinearColumnsOfMixedScale_KeepsTheSmallOnes()
    {
        // The second pair of columns is a billionth of the first: a floor relative to the largest eigenvalue would bury it.
        Random random = new(3);
        double[] rows = new double[4 * 500];
        for (int t = 0; t < 500; t++)
        {
            double large = 1e6 * RandomMixtures.Normal(random);
            double small = 1e-2 * RandomMixtures.Normal(random);
            (rows[4 * t], rows[(4 * t) + 1], rows[(4 * t) + 2], rows[(4 * t) + 3]) = (
                large, 2 * large, small, 1e-2 * RandomMixtures.Normal(random));
        }

        GmmFitResult result = Fit(rows, 4, BackendKind.Managed, SingularCovarianceHandling.FloorEigenvalues, 1e-6);
        double variance = (result.Model.Weights.Span[0] * result.Model.CovarianceAt(0, 2, 2))
            + (result.Model.Weights.Span[1] * result.Model.CovarianceAt(1, 2, 2));
        Assert.InRange(variance, 0.2e-4, 2e-4);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(33)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(150)]
    public void MissingTo_OfRandomMatrix_KeepsThoseAboveAndRaisesThoseBelow(int n)
    {
        // A = Q diag(e) Q' with known e: reflections make Q.
        Random random = new(n);
        double[] values = [.. Enumerable.Range(0, n).Select(i => i % 2 == 0 ? 1.0 + i : -0.1 * i)];
        double[] axis = RandomMixtures.Normals(random, n);
        double norm = axis.Sum(a => a * a);
        double Reflect(int i, int j) => (i == j ? 1 : 0) - (2 * axis[i] * axis[j] / norm);
        double[] Make(Func<double, double> change) => [.. Enumerable.Range(0, n * n).Select(
            e => Enumerable.Range(0, n).Sum(m => Reflect(e / n, m) * change(values[m]) * Reflect(e % n, m)))];

        double[] floored = Raised(n, Make(value => value), 0.5);

        double error = Near.RelativeError(Make(value => Math.Max(value, 0.5)), floored, n);
        Assert.True(error <= 20 * n * Math.ScaleB(1, -52), $"error {error:E2}");
    }

    [Theory]
    [InlineData(40, 5)]
    [InlineData(65, 3)]
    [InlineData(130, 40)]
    [InlineData(200, 1)]
    public void MissingTo_OfFewRows_FillsTheNullSpaceAlone(int n, int rank)
    {
        // A Gram matrix of orthogonal rows: eigenvalues known, all others zero.
        Random random = new(n);
        double[][] rows = new double[rank][];
        for (int r = 0; r < rank; r++)
        {
            rows[r] = RandomMixtures.Normals(random, n);
            for (int other = 0; other < r; other++)
            {
                double product = rows[r].Zip(rows[other], (a, b) => a * b).Sum();
                rows[r] = [.. rows[r].Zip(rows[other], (a, b) => a - (product * b))];
            }

            double norm = Math.Sqrt(rows[r].Sum(a => a * a));
            rows[r] = [.. rows[r].Select(a => a / norm)];
        }

        double[] Make(double floor) => [.. Enumerable.Range(0, n * n).Select(e => (e / n == e % n ? floor : 0)
            + Enumerable.Range(0, rank).Sum(r => (5 + r - floor) * rows[r][e / n] * rows[r][e % n]))];

        double[] floored = Raised(n, Make(0), 1e-3);

        double error = Near.RelativeError(Make(1e-3), floored, n);
        Assert.True(error <= 20 * n * Math.ScaleB(1, -52), $"error {error:E2}");
        double[] zero = Raised(n, new double[n * n], 0.25);
        Assert.All(Enumerable.Range(0, n * n), e => Assert.Equal(e / n == e % n ? 0.25 : 0, zero[e]));
    }

    private static double[] Raised(int n, double[] matrix, double floor) =>
        [.. SymmetricEigen.MissingTo(n, [.. matrix], floor).Zip(matrix, (missing, entry) => missing + entry)];

    private static GmmFitResult Fit(double[] rows, int dimension, BackendKind backend, SingularCovarianceHandling handling, double floor)
    {
        GmmOptions options = new()
        {
            Covariance = new() { Kind = CovarianceKind.Full, VarianceFloor = floor, WhenSingular = handling },
            Stopping = new() { Iterations = 4, Tolerance = 0 },
            Execution = new ExecutionOptions { Backend = TestBackends.Get(backend), Threads = 1 },
        };
        GaussianMixtureModeling estimator = new(dimension - 1, 2, options);
        double scale = rows.Max(Math.Abs);
        CovarianceStructure diagonal = new(CovarianceKind.Diagonal, dimension);
        double[] weights = [0.5, 0.5];
        double[] means = [.. Enumerable.Repeat(-0.3 * scale, dimension), .. Enumerable.Repeat(0.3 * scale, dimension)];
        double[] variances = [.. Enumerable.Repeat(scale * scale, 2 * dimension)];
        estimator.SetParameters(new GaussianMixture(diagonal, weights, means, variances));
        return estimator.Fit(VectorSource.From((ReadOnlyMemory<double>)rows, dimension));
    }

    /// <summary>The last column is a sum of the others.</summary>
    private static double[] Collinear(int seed, int dimension, int count, double scale)
    {
        Random random = new(seed);
        double[] rows = new double[count * dimension];
        for (int t = 0; t < count; t++)
        {
            double sum = 0;
            for (int d = 0; d < dimension - 1; d++)
            {
                rows[(t * dimension) + d] = scale * RandomMixtures.Normal(random);
                sum += rows[(t * dimension) + d] * (1 + (0.37 * d));
            }

            rows[(t * dimension) + dimension - 1] = sum;
        }

        return rows;
    }
}
