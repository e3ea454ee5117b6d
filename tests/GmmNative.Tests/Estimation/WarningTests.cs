using GmmNative.Estimation.Diagnostics;
using GmmNative.Tests.Support;
using Xunit;

namespace GmmNative.Tests.Estimation;

/// <summary>What a training says about its data, its start and its end.</summary>
public sealed class WarningTests
{
    [Theory]
    [InlineData(3, 5, "only 3 rows")]
    [InlineData(300, 7, "only 6 distinct rows")]
    public void Fit_MoreComponentsThanDistinctRows_SaysSo(int count, int components, string expected)
    {
        double[] points = RandomMixtures.Normals(new Random(1), 2 * Math.Min(count, 6));
        double[] rows = [.. Enumerable.Range(0, count).SelectMany(t => points.AsSpan(t % (points.Length / 2) * 2, 2).ToArray())];
        GmmFitResult result = new GaussianMixtureTrainer(components).Fit(Source(rows, 2));
        Assert.Contains(result.Diagnostics.Warnings, w => w.Contains(expected, StringComparison.Ordinal));
        Assert.DoesNotContain(Fit(rows, 2, Math.Min(count, 6)).Diagnostics.Warnings, w => w.Contains("only", StringComparison.Ordinal));
    }

    [Fact]
    public void Fit_EqualComponentsAtTheStart_StayEqualAndAreReported()
    {
        double[] rows = RandomMixtures.Normals(new Random(2), 400);
        GaussianMixture start = new(
            Structures.Make("full", 2), [0.25, 0.25, 0.5], [1, 1, 1, 1, -1, 0], [1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1]);
        GmmFitResult result = new GaussianMixtureTrainer(3, new GmmOptions { Covariance = new() { Kind = CovarianceKind.Full } }).Fit(
            Source(rows, 2), start);
        Assert.Contains(
            result.Diagnostics.Warnings, w => w.StartsWith("the starting model has equal components 0, 1", StringComparison.Ordinal));
        Assert.Contains(result.Diagnostics.Warnings, w => w.StartsWith("the result has equal components 0, 1", StringComparison.Ordinal));
        Assert.Equal([0, 1], result.Diagnostics.EqualComponents);
    }

    [Theory]
    [InlineData("diagonal", 0)]
    [InlineData("full", 0)]
    [InlineData("full", 3)]
    public void EqualComponents_ThatDifferInOneNumber_AreNone(string structure, int place)
    {
        CovarianceStructure made = Structures.Make(structure, 2);
        double[] one = made.IsDiagonalStorage ? [1, 2] : [1, 0.1, 0.1, 2];
        double[] other = [.. one];
        GaussianMixture Model() => new(made, [0.5, 0.5], [3, 4, 3, 4], [.. one, .. other]);
        Assert.Equal([0, 1], EqualComponents.Find(Model()));
        other[place] *= 1.001;
        Assert.Empty(EqualComponents.Find(Model()));
        other[place] = one[place];
        Assert.Equal([0, 1], EqualComponents.Find(Model()));
        Assert.Empty(EqualComponents.Find(new GaussianMixture(made, [0.5, 0.5], [3, 4, 3, 4.001], [.. one, .. other])));
    }

    [Theory]
    [InlineData(1e-4, true)]
    [InlineData(1e-9, true)]
    [InlineData(1, false)]
    public void Fit_DataOfSmallScale_NamesScaleFloorAndOption(double scale, bool expected)
    {
        double[] rows = [.. RandomMixtures.Normals(new Random(3), 600).Select((x, i) => scale * (x + (i / 2 % 2 * 6)))];
        GmmFitResult result = Fit(rows, 2, 2);
        bool found = result.Diagnostics.Warnings.Any(
            w => w.Contains("the floor of 1E-06 is large relative to the scale of column 1", StringComparison.Ordinal)
            && w.Contains("--variance-floor", StringComparison.Ordinal));
        Assert.Equal(expected, found);

        // A floor that is relative to the columns is as good at any scale.
        GmmFitResult relative = new GaussianMixtureTrainer(2, new GmmOptions
        {
            Covariance = new() { VarianceFloor = 0, RelativeVarianceFloor = 1e-4 },
        }).Fit(
            Source(rows, 2));
        Assert.Empty(relative.Diagnostics.Warnings);
        double[] unit = [.. rows.Select(x => x / scale)];
        GmmFitResult same = new GaussianMixtureTrainer(2, new GmmOptions
        {
            Covariance = new() { VarianceFloor = 0, RelativeVarianceFloor = 1e-4 },
        }).Fit(
            Source(unit, 2));
        Assert.Equal(same.AverageLogLikelihood - (2 * Math.Log(scale)), relative.AverageLogLikelihood, 1e-6);
    }

    [Fact]
    public void Fit_RelativeFloor_BoundsEachColumnByItsOwnVariance()
    {
        // Two tight clusters: within them the variances are a ten-thousandth of the columns'.
        double[] rows = [.. RandomMixtures.Normals(new Random(4), 800).Select(
            (x, i) => (i % 2 == 0 ? 1 : 1000) * ((i / 2 % 2 * 2) + (0.01 * x)))];
        GmmFitResult result = new GaussianMixtureTrainer(2, new GmmOptions
        {
            Covariance = new() { VarianceFloor = 0, RelativeVarianceFloor = 0.01 },
        }).Fit(
            Source(rows, 2));
        for (int k = 0; k < 2; k++)
        {
            Assert.Equal(0.01, result.Model.CovarianceAt(k, 0, 0), 1e-4);
            Assert.Equal(1, result.Model.CovarianceAt(k, 1, 1) / 1e4, 1e-2);
        }

        Assert.Equal([0, 1], result.Diagnostics.VarianceFlooredComponents);
    }

    [Fact]
    public void Fit_ReferencesSignedStop_WarnsOfAFall()
    {
        // Weights of 1/K do not fit the sizes of the clusters: the floor makes the log-likelihood fall.
        double[] rows = [.. RandomMixtures.Normals(new Random(5), 1000).Select((x, i) => x + (i < 60 ? 8 : 0))];
        GaussianMixture start = new(Structures.Make("diagonal", 2), [0.9, 0.1], [0, 0, 8, 8], [1, 1, 1, 1]);
        GaussianMixtureModeling estimator = new(1, 2, new GmmOptions
        {
            Stopping = new() { Tolerance = 0, Iterations = 20 },
            Update = new() { WeightFloor = 0.5 },
        });
        estimator.SetParameters(start);
        GmmFitResult result = estimator.Fit(Source(rows, 2));
        Assert.Contains(result.Diagnostics.Warnings, w => w.Contains("fell", StringComparison.Ordinal));
        Assert.True(result.TotalLogLikelihood < result.History.Max(i => i.TotalLogLikelihood));

        // The trainer returns the best model seen, with its own log-likelihood.
        GmmFitResult best = new GaussianMixtureTrainer(2, new GmmOptions
        {
            Update = new() { WeightFloor = 0.5 },
        }).Fit(Source(rows, 2), start);
        Assert.Equal(best.History.Max(i => i.TotalLogLikelihood), best.TotalLogLikelihood);
        Assert.Equal(best.Model.LogDensities(Source(rows, 2)).Sum(), best.TotalLogLikelihood, 1e-9 * Math.Abs(best.TotalLogLikelihood));
    }

    private static GmmFitResult Fit(double[] rows, int dimension, int components) =>
        new GaussianMixtureTrainer(components).Fit(Source(rows, dimension));

    private static IVectorSource Source(double[] rows, int dimension) => VectorSource.From((ReadOnlyMemory<double>)rows, dimension);
}
