using GmmNative.Tests.Support;
using Xunit;

namespace GmmNative.Tests.Estimation;

/// <summary>Data that leave something undetermined: each has its documented result, and none gives NaN.</summary>
public sealed class DegenerateDataTests
{
    public static TheoryData<InitializationMethod, string, Precision> Ways
    {
        get
        {
            TheoryData<InitializationMethod, string, Precision> data = [];
            foreach (InitializationMethod method in Enum.GetValues<InitializationMethod>())
            {
                foreach (string structure in (string[])["diagonal", "full"])
                {
                    foreach (Precision precision in Enum.GetValues<Precision>())
                    {
                        data.Add(method, structure, precision);
                    }
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Fit_OneComponent_IsMeanAndCovarianceOfTheData(InitializationMethod method, string structure, Precision precision)
    {
        double[] rows = RandomMixtures.Normals(new Random(1), 300);
        GmmFitResult result = Train(rows, 3, 1, method, structure, precision);
        AssertSound(result, rows, 3);
        double tolerance = precision == Precision.Double ? 1e-12 : 1e-5;
        Assert.Equal(1, result.Model.Weights.Span[0]);
        for (int d = 0; d < 3; d++)
        {
            double mean = Enumerable.Range(0, 100).Average(t => rows[(3 * t) + d]);
            double variance = Enumerable.Range(0, 100).Average(t => Math.Pow(rows[(3 * t) + d] - mean, 2));
            Assert.Equal(mean, result.Model.Mean(0)[d], tolerance);
            Assert.Equal(variance, result.Model.CovarianceAt(0, d, d), tolerance);
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Fit_OneDimension_IsSound(InitializationMethod method, string structure, Precision precision)
    {
        double[] rows = RandomMixtures.Normals(new Random(2), 200);
        AssertSound(Train(rows, 1, 4, method, structure, precision), rows, 1);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Fit_FewerRowsThanComponents_IsSound(InitializationMethod method, string structure, Precision precision)
    {
        double[] rows = RandomMixtures.Normals(new Random(3), 6);
        AssertSound(Train(rows, 2, 7, method, structure, precision), rows, 2);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Fit_OneRow_PutsEveryOccupiedComponentThere(InitializationMethod method, string structure, Precision precision)
    {
        double[] rows = [3, -4];
        GmmFitResult result = Train(rows, 2, 2, method, structure, precision);
        AssertSound(result, rows, 2);
        for (int k = 0; k < 2; k++)
        {
            Assert.Equal(3, result.Model.Mean(k)[0]);
            Assert.Equal(-4, result.Model.Mean(k)[1]);
            Assert.Equal(1e-6, result.Model.CovarianceAt(k, 0, 0), 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Fit_AllRowsEqual_HasFlooredVariancesAndSaysSo(InitializationMethod method, string structure, Precision precision)
    {
        double[] rows = [.. Enumerable.Repeat((double[])[0.1, 7e5, -0.3], 50).SelectMany(row => row)];
        GmmFitResult result = Train(rows, 3, 4, method, structure, precision);
        AssertSound(result, rows, 3);
        Assert.NotEmpty(result.Diagnostics.VarianceFlooredComponents);
        Assert.NotEmpty(result.Diagnostics.Warnings);
        Assert.All(result.Diagnostics.Warnings, warning => Assert.DoesNotContain('\n', warning));
        foreach (int k in result.Diagnostics.VarianceFlooredComponents)
        {
            Assert.Equal(0.1, result.Model.Mean(k)[0], 1e-12);
            Assert.Equal(1e-6, result.Model.CovarianceAt(k, 0, 0), 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Fit_DuplicatedRows_IsSound(InitializationMethod method, string structure, Precision precision)
    {
        double[] few = RandomMixtures.Normals(new Random(4), 6);
        double[] rows = [.. Enumerable.Range(0, 90).SelectMany(t => few.AsSpan(t % 3 * 2, 2).ToArray())];
        AssertSound(Train(rows, 2, 5, method, structure, precision), rows, 2);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Fit_ConstantColumn_HasItsVarianceAtTheFloor(InitializationMethod method, string structure, Precision precision)
    {
        double[] rows = RandomMixtures.Normals(new Random(5), 300);
        for (int t = 0; t < 100; t++)
        {
            rows[(3 * t) + 1] = 12345.678;
        }

        GmmFitResult result = Train(rows, 3, 3, method, structure, precision);
        AssertSound(result, rows, 3);
        Assert.Equal([0, 1, 2], result.Diagnostics.VarianceFlooredComponents);
        for (int k = 0; k < 3; k++)
        {
            Assert.Equal(12345.678, result.Model.Mean(k)[1], 1e-9);
            Assert.Equal(1e-6, result.Model.CovarianceAt(k, 1, 1), 1e-9);
        }
    }

    [Theory]
    [InlineData("diagonal", Precision.Double)]
    [InlineData("diagonal", Precision.Single)]
    [InlineData("full", Precision.Double)]
    [InlineData("full", Precision.Single)]
    public void Fit_ComponentFarFromAllRows_KeepsItsMeanAndCovarianceAndIsReported(string structure, Precision precision)
    {
        double[] rows = RandomMixtures.Normals(new Random(6), 200);
        CovarianceStructure shape = Structures.Make(structure, 2);
        GaussianMixture start = Make([0.5, 0.5], [0, 0, 1e4, 1e4], [1, 1, 2, 3]).WithStructure(shape);
        GaussianMixtureModeling estimator = Estimator(2, 2, structure, precision);
        estimator.SetParameters(start);
        GmmFitResult result = estimator.Fit(Source(rows, 2));
        AssertSound(result, rows, 2);
        Assert.Equal([1], result.Diagnostics.EmptyComponents);
        Assert.Contains(result.Diagnostics.Warnings, warning => warning.Contains("component 1", StringComparison.Ordinal));
        Assert.Equal([1e4, 1e4], result.Model.Mean(1).ToArray());
        Assert.Equal(start.Covariance(1).ToArray(), result.Model.Covariance(1).ToArray());
        Assert.Equal(1e-5, result.Model.Weights.Span[1], 1e-12);
    }

    [Theory]
    [InlineData(Precision.Double)]
    [InlineData(Precision.Single)]
    public void Fit_EveryComponentBeyondTheRangeOfDensities_StillFindsTheRows(Precision precision)
    {
        // Squared distances of 1e400: every density is zero, the rows are shared evenly.
        double[] rows = [.. RandomMixtures.Normals(new Random(7), 200).Select(x => 1e100 * (1 + (1e-3 * x)))];
        GaussianMixtureModeling estimator = Estimator(2, 2, "diagonal", precision);
        estimator.SetParameters(Make([0.5, 0.5], [0, 0, 1, 1], [1e-200, 1e-200, 1e-200, 1e-200]));
        GmmFitResult result = estimator.Fit(Source(rows, 2));
        AssertSound(result, rows, 2);
        Assert.Equal(1, result.Model.Mean(0)[0] / 1e100, 1e-2);
    }

    [Theory]
    [InlineData(Precision.Double)]
    [InlineData(Precision.Single)]
    public void Fit_GivenComponentOfWeightZero_StaysEmpty(Precision precision)
    {
        double[] rows = RandomMixtures.Normals(new Random(8), 200);
        GaussianMixtureModeling estimator = Estimator(2, 3, "full", precision, weightFloor: 0);
        estimator.SetParameters(Make([0.5, 0, 0.5], [-1, 0, 0, 0, 1, 0], [1, 1, 1, 1, 1, 1]));
        GmmFitResult result = estimator.Fit(Source(rows, 2), returnPosterior: true);
        AssertSound(result, rows, 2);
        Assert.Equal([1], result.Diagnostics.EmptyComponents);
        Assert.Equal(0, result.Model.Weights.Span[1]);
        Assert.All(Enumerable.Range(0, 100), t => Assert.Equal(0, result.Posterior![t, 1]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(49)]
    [InlineData(103)]
    public void Fit_WeightFloorOfOneOverK_MakesAllWeightsEqual(int components)
    {
        double[] rows = RandomMixtures.Normals(new Random(9), 400);
        GaussianMixtureModeling estimator = Estimator(2, components, "diagonal", Precision.Double, weightFloor: 1.0 / components);
        GmmFitResult result = estimator.Fit(Source(rows, 2));
        AssertSound(result, rows, 2);
        Assert.All(result.Model.Weights.ToArray(), weight => Assert.Equal(1.0 / components, weight, 1e-15));
    }

    [Theory]
    [InlineData("diagonal")]
    [InlineData("full")]
    public void Fit_ConstantColumnWithoutVarianceFloor_ThrowsNamingComponent(string structure)
    {
        double[] rows = [.. Enumerable.Range(0, 60).SelectMany(t => (double[])[t, 5])];
        GaussianMixtureModeling estimator = Estimator(2, 2, structure, Precision.Double, varianceFloor: 0);
        estimator.SetParameters(Make([0.5, 0.5], [10, 5, 50, 5], [100, 1, 100, 1]));
        SingularCovarianceException error = Assert.Throws<SingularCovarianceException>(() => estimator.Fit(Source(rows, 2)));
        Assert.Equal(0, error.Component);
        Assert.Equal(1, error.Iteration);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Equal(5, estimator.Parameters!.Mean(0)[1]);
    }

    [Theory]
    [InlineData(1e-200, Precision.Double, 1e-6)]
    [InlineData(1e-200, Precision.Single, 1e-6)]
    [InlineData(1e-140, Precision.Double, 0.0)]
    [InlineData(1e-30, Precision.Single, 0.0)]
    [InlineData(1e-15, Precision.Single, 0.0)]
    [InlineData(1e15, Precision.Single, 1e-6)]
    [InlineData(1e19, Precision.Single, 1e-6)]
    [InlineData(1e25, Precision.Single, 1e-6)]
    [InlineData(1e150, Precision.Single, 1e-6)]
    [InlineData(1e150, Precision.Double, 1e-6)]
    public void Fit_DataOfExtremeScale_IsSound(double scale, Precision precision, double floor)
    {
        double[] rows = [.. RandomMixtures.Normals(new Random(10), 600).Select(x => x * scale)];
        foreach (InitializationMethod method in Enum.GetValues<InitializationMethod>())
        {
            foreach (string structure in (string[])["diagonal", "full"])
            {
                GaussianMixtureModeling estimator = Estimator(2, 3, structure, precision, varianceFloor: floor);
                estimator.Initialize(Source(rows, 2), method);
                GmmFitResult result = estimator.Fit(Source(rows, 2));
                AssertSound(result, rows, 2);
                if (floor == 0 || scale > 1)
                {
                    double spread = Enumerable.Range(0, 3).Sum(k => result.Model.Weights.Span[k]
                        * ((result.Model.CovarianceAt(k, 0, 0) / scale / scale) + Math.Pow(result.Model.Mean(k)[0] / scale, 2)));
                    Assert.Equal(rows.Where((_, i) => i % 2 == 0).Average(x => Math.Pow(x / scale, 2)), spread, 1e-3);
                }
            }
        }
    }

    [Theory]
    [InlineData(1e160)]
    [InlineData(1e300)]
    [InlineData(1.7e308)]
    public void Fit_DataWhoseVarianceOverflows_ThrowsNamingColumn(double scale)
    {
        double[] rows = [.. Enumerable.Range(0, 40).SelectMany(t => (double[])[t, t % 2 == 0 ? scale : -scale])];
        foreach (InitializationMethod method in Enum.GetValues<InitializationMethod>())
        {
            VectorDataException error = Assert.Throws<VectorDataException>(
                () => Estimator(2, 2, "diagonal", Precision.Double).Initialize(Source(rows, 2), method));
            Assert.Contains("column 2", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
        }
    }

    [Fact]
    public void LogDensities_RowsOfAnyFiniteSize_AreNeverNaN()
    {
        double[] rows =
            [1e300, 1e300, -1e300, 1e300, 1e20, 0, 0, 1e155, 1e-300, 0, 0, 0, double.MaxValue, -double.MaxValue, double.Epsilon, 1];
        foreach (ExecutionOptions execution in Executions.All)
        {
            foreach (string structure in Structures.Names)
            {
                GaussianMixture model = RandomMixtures.Model(new Random(1), Structures.Make(structure, 2), 3);
                double[] densities = model.LogDensities(Source(rows, 2), execution);
                Assert.All(densities, value => Assert.False(double.IsNaN(value), Executions.Describe(execution)));
                double[,] posteriors = model.Posteriors(Source(rows, 2), execution);
                for (int t = 0; t < rows.Length / 2; t++)
                {
                    Assert.Equal(1, Enumerable.Range(0, 3).Sum(k => posteriors[t, k]), 1e-5);
                }
            }
        }
    }

    [Theory]
    [InlineData("diagonal", Precision.Double)]
    [InlineData("full", Precision.Double)]
    [InlineData("diagonal", Precision.Single)]
    [InlineData("full", Precision.Single)]
    public void Fit_TightFarClustersFromAWideStart_HasTheirVariancesExactly(string structure, Precision precision)
    {
        // Variances of 1e-4 at distances of 1e6: about the shift they would be differences of numbers 1e16 times as large.
        Random random = new(11);
        double[] noise = RandomMixtures.Normals(random, 800);
        double[] rows = [.. noise.Select((x, i) => ((i / 2) % 2 == 0 ? 1e6 : -1e6) + (0.01 * x))];
        GaussianMixtureModeling estimator = Estimator(2, 2, structure, precision, iterations: 1);
        estimator.SetParameters(Make([0.5, 0.5], [5e5, 5e5, -5e5, -5e5], [1e10, 1e10, 1e10, 1e10]));
        GmmFitResult result = estimator.Fit(Source(rows, 2));
        AssertSound(result, rows, 2);
        for (int k = 0; k < 2; k++)
        {
            double[] own = [.. Enumerable.Range(0, 400).Where(t => t % 2 == k).Select(t => rows[2 * t])];
            double mean = own.Average();
            double variance = own.Average(x => (x - mean) * (x - mean));
            Assert.Equal(mean, result.Model.Mean(k)[0], 1e-9);
            Assert.Equal(variance, result.Model.CovarianceAt(k, 0, 0), variance * 1e-6);
        }
    }

    private static GmmFitResult Train(
        double[] rows, int dimension, int components, InitializationMethod method, string structure, Precision precision)
    {
        GaussianMixtureModeling estimator = Estimator(dimension, components, structure, precision);
        estimator.Initialize(Source(rows, dimension), method);
        return estimator.Fit(Source(rows, dimension));
    }

    private static GaussianMixtureModeling Estimator(
        int dimension, int components, string structure, Precision precision, double? weightFloor = null, double varianceFloor = 1e-6,
        int iterations = 6) =>
        new(dimension - 1, components, new GmmOptions
        {
            Covariance = new() { Kind = Structures.Make(structure, dimension).Kind, VarianceFloor = varianceFloor },
            Stopping = new() { Iterations = iterations, Tolerance = 0 },
            Update = new() { WeightFloor = weightFloor },
            Execution = new ExecutionOptions { Precision = precision, Threads = 1 },
        });

    private static GaussianMixture Make(double[] weights, double[] means, double[] variances) =>
        new(new CovarianceStructure(CovarianceKind.Diagonal, means.Length / weights.Length), weights, means, variances);

    private static IVectorSource Source(double[] rows, int dimension) => VectorSource.From((ReadOnlyMemory<double>)rows, dimension);

    /// <summary>A mixture that the checks of the public constructor pass, and scores that are numbers.</summary>
    private static void AssertSound(GmmFitResult result, double[] rows, int dimension)
    {
        GaussianMixture model = result.Model;
        GaussianMixture copy = new(model.Structure, model.Weights.Span, model.Means.Span, model.Covariances.Span);
        Assert.Equal(model.ComponentCount, copy.ComponentCount);
        Assert.All(result.History, iteration => Assert.False(double.IsNaN(iteration.TotalLogLikelihood)));
        Assert.All(model.LogDensities(Source(rows, dimension)), value => Assert.True(double.IsFinite(value)));
    }
}
