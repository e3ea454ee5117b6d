using CsCheck;
using GmmNative.Tests.Support;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Estimation;

/// <summary>What holds for every mixture and every data set.</summary>
public sealed class PropertyTests
{
    private const int Iterations = 40;

    /// <summary>A structure, D, K, T and a seed for everything else.</summary>
    private static readonly Gen<(string Structure, int Dimension, int Components, int Rows, int Seed)> Problems = Gen.Select(
        Gen.Int[0, 4].Select(i => Structures.Names[i]), Gen.Int[1, 7], Gen.Int[1, 6], Gen.Int[60, 300], Gen.Int[0, 1_000_000]);

    [Fact]
    public void Fit_LogLikelihood_NeverFalls() => Problems.Sample(
        problem =>
        {
            (GaussianMixture start, double[] rows) = Make(problem);
            GmmFitResult result = Fit(start, rows, 8);
            for (int i = 1; i < result.History.Count; i++)
            {
                double before = result.History[i - 1].TotalLogLikelihood;
                Assert.True(result.History[i].TotalLogLikelihood >= before - (1e-9 * Math.Abs(before)), $"iteration {i + 1}");
            }
        },
        iter: Iterations);

    [Fact]
    public void Posteriors_OfEachRow_SumToOne() => Problems.Sample(
        problem =>
        {
            (GaussianMixture model, double[] rows) = Make(problem);
            foreach (Precision precision in Enum.GetValues<Precision>())
            {
                double[,] posteriors = model.Posteriors(Source(rows, model.Dimension), new ExecutionOptions { Precision = precision });
                for (int t = 0; t < problem.Rows; t++)
                {
                    double sum = Enumerable.Range(0, problem.Components).Sum(k => posteriors[t, k]);
                    Assert.Equal(1, sum, (2 + problem.Components) * Executions.Epsilon(precision));
                }
            }
        },
        iter: Iterations);

    [Fact]
    public void Fit_RowsPermuted_IsTheSameModel() => Problems.Sample(
        problem =>
        {
            (GaussianMixture start, double[] rows) = Make(problem);
            int[] order = [.. Enumerable.Range(0, problem.Rows)];
            new Random(problem.Seed).Shuffle(order);
            double[] shuffled = [.. order.SelectMany(t => rows.AsSpan(t * problem.Dimension, problem.Dimension).ToArray())];
            AssertNear(Fit(start, rows, 3).Model, Fit(start, shuffled, 3).Model, 1e-9);
        },
        iter: Iterations);

    [Fact]
    public void Fit_ComponentsPermuted_PermutesTheModel() => Problems.Sample(
        problem =>
        {
            (GaussianMixture start, double[] rows) = Make(problem);
            int[] order = [.. Enumerable.Range(0, problem.Components)];
            new Random(problem.Seed).Shuffle(order);
            AssertNear(Permuted(Fit(start, rows, 3).Model, order), Fit(Permuted(start, order), rows, 3).Model, 1e-9);
        },
        iter: Iterations);

    [Fact]
    public void Fit_RowsShiftedAndScaled_ShiftsAndScalesTheModel() => Problems.Sample(
        problem =>
        {
            (GaussianMixture start, double[] rows) = Make(problem);
            Random random = new(problem.Seed);
            double scale = Math.Pow(10, (6 * random.NextDouble()) - 3);
            double shift = 100 * RandomMixtures.Normal(random);

            // The numbers of the moved problem are rounded: by a 1e-16th of the shift, in units of the scale.
            double tolerance = 1e-9 * (1 + (shift / scale * shift / scale * 1e-6));
            GaussianMixture fitted = Fit(start, rows, 3).Model;
            GaussianMixture moved = Fit(Moved(start, scale, shift), [.. rows.Select(x => (x * scale) + shift)], 3).Model;
            AssertNear(fitted, Moved(moved, 1 / scale, -shift / scale), tolerance);
        },
        iter: Iterations);

    [Fact]
    public void LogDensities_OfARow_DoNotDependOnItsNeighbours() => Problems.Sample(
        problem =>
        {
            (GaussianMixture model, double[] rows) = Make(problem);
            double[] together = model.LogDensities(Source([.. rows, .. rows.Select(x => 1e5 * x)], problem.Dimension));
            for (int t = 0; t < problem.Rows; t += 17)
            {
                double alone = model.LogDensities(
                    Source(rows.AsSpan(t * problem.Dimension, problem.Dimension).ToArray(), problem.Dimension))[0];
                Assert.Equal(alone, together[t], 1e-10);
            }
        },
        iter: Iterations);

    private static (GaussianMixture Start, double[] Rows) Make(
        (string Structure, int Dimension, int Components, int Rows, int Seed) problem)
    {
        Random random = new(problem.Seed);
        GaussianMixture start = RandomMixtures.Model(random, Structures.Make(problem.Structure, problem.Dimension), problem.Components);
        return (start, RandomMixtures.Rows(random, start, problem.Rows));
    }

    private static GmmFitResult Fit(GaussianMixture start, double[] rows, int iterations)
    {
        GaussianMixtureModeling estimator = new(start.Dimension - 1, start.ComponentCount, new GmmOptions
        {
            Covariance = new() { Kind = start.Structure.Kind, BlockSizes = start.Structure.BlockSizes, VarianceFloor = 1e-300 },
            Stopping = new() { Iterations = iterations, Tolerance = 0 },
            Update = new() { WeightFloor = 0 },
        });
        estimator.SetParameters(start);
        return estimator.Fit(Source(rows, start.Dimension));
    }

    private static GaussianMixture Permuted(GaussianMixture model, int[] order)
    {
        double[] weights = [.. order.Select(k => model.Weights.Span[k])];
        double[] means = [.. order.SelectMany(k => model.Mean(k).ToArray())];
        double[] covariances = [.. order.SelectMany(k => model.Covariance(k).ToArray())];
        return new GaussianMixture(model.Structure, weights, means, covariances);
    }

    private static GaussianMixture Moved(GaussianMixture model, double scale, double shift)
    {
        double[] means = [.. model.Means.ToArray().Select(x => (x * scale) + shift)];
        double[] covariances = [.. model.Covariances.ToArray().Select(x => x * scale * scale)];
        return new GaussianMixture(model.Structure, model.Weights.Span, means, covariances);
    }

    private static void AssertNear(GaussianMixture expected, GaussianMixture actual, double tolerance)
    {
        Assert.True(Near.RelativeError(expected.Weights.Span, actual.Weights.Span, 1) <= tolerance, "weights");
        Assert.True(Near.RelativeError(expected.Means.Span, actual.Means.Span, 1) <= tolerance, "means");
        Assert.True(Near.RelativeError(expected.Covariances.Span, actual.Covariances.Span, 1) <= tolerance, "covariances");
    }

    private static IVectorSource Source(double[] rows, int dimension) => VectorSource.From((ReadOnlyMemory<double>)rows, dimension);
}
