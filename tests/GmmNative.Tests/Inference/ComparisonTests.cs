using GmmNative.Inference.Comparison;
using GmmNative.Tests.Support;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Inference;

/// <summary>Log-likelihood ratios and divergences against their definitions.</summary>
public sealed class ComparisonTests
{
    [Theory]
    [InlineData("diagonal", "full")]
    [InlineData("full", "equalBlocks")]
    public void LogLikelihoodRatios_AnyBackend_AreDifferencesOfLogDensities(string structure, string other)
    {
        const int Dimension = 6;
        GaussianMixture model = RandomMixtures.Model(new Random(1), Structures.Make(structure, Dimension), 4);
        GaussianMixture background = RandomMixtures.Model(new Random(2), Structures.Make(other, Dimension), 7);
        double[] rows = RandomMixtures.Rows(new Random(3), model, 2000);
        NaiveMixture naive = new(model);
        NaiveMixture naiveBackground = new(background);
        double[] expected = [.. Enumerable.Range(0, 2000).Select(t => rows[(t * Dimension)..((t + 1) * Dimension)])
            .Select(row => (naive.Expect(row, new DoubleDouble[4]) - naiveBackground.Expect(row, new DoubleDouble[7])).High)];
        foreach (ExecutionOptions execution in Executions.All)
        {
            double[] ratios = model.LogLikelihoodRatios(background, rows, Dimension, execution);
            double tolerance = execution.Precision == Precision.Double ? 1e-11 : 2e-3;
            for (int t = 0; t < ratios.Length; t++)
            {
                Assert.Equal(expected[t], ratios[t], tolerance);
            }
        }
    }

    [Fact]
    public void LogLikelihoodRatios_EachFormOfRows_GivesTheSame()
    {
        GaussianMixture model = RandomMixtures.Model(new Random(1), Structures.Make("full", 2), 3);
        GaussianMixture background = RandomMixtures.Model(new Random(2), Structures.Make("full", 2), 3);
        double[,] rows = { { 1, 2 }, { 0.5, -3 }, { 4, 0.25 } };
        float[,] single = { { 1, 2 }, { 0.5f, -3 }, { 4, 0.25f } };
        double[] flat = [1, 2, 0.5, -3, 4, 0.25];
        double[] expected = model.LogLikelihoodRatios(background, VectorSource.From(rows));
        Assert.Equal(expected, model.LogLikelihoodRatios(background, rows));
        Assert.Equal(expected, model.LogLikelihoodRatios(background, single));
        Assert.Equal(expected, model.LogLikelihoodRatios(background, flat, 2));
        Assert.Equal(expected, model.LogLikelihoodRatios(background, (float[])[.. flat.Select(x => (float)x)], 2));
        Assert.Equal(expected, model.LogLikelihoodRatios(background, (double[][])[[1, 2], [0.5, -3], [4, 0.25]]));
        Assert.Equal(expected, model.LogLikelihoodRatios(background, (float[][])[[1, 2], [0.5f, -3], [4, 0.25f]]));
    }

    [Fact]
    public void LogLikelihoodRatios_SequentialSource_ReadsItOnce()
    {
        GaussianMixture model = RandomMixtures.Model(new Random(1), Structures.Make("full", 2), 3);
        int passes = 0;
        ScriptedSource source = new(2, _ =>
        {
            passes++;
            return [1, 2, 3, 4];
        })
        { RowCount = 2 };
        Assert.Equal([0, 0], model.LogLikelihoodRatios(model, source));
        Assert.Equal(1, passes);
    }

    [Fact]
    public void LogLikelihoodRatios_NamesInAnotherOrder_AreMatched()
    {
        GaussianMixture model = RandomMixtures.Model(new Random(1), Structures.Make("full", 2), 3).WithColumns(["a", "b"]);
        GaussianMixture other = model.OrderColumns(["b", "a"]);
        double[] ratios = model.LogLikelihoodRatios(other, new double[,] { { 1, 2 }, { 3, -4 } });
        Assert.All(ratios, ratio => Assert.Equal(0, ratio, 1e-13));
    }

    [Fact]
    public void Comparisons_ModelsThatDoNotMatch_Throw()
    {
        GaussianMixture model = RandomMixtures.Model(new Random(1), Structures.Make("full", 2), 3).WithColumns(["a", "b"]);
        GaussianMixture larger = RandomMixtures.Model(new Random(1), Structures.Make("full", 3), 3);
        foreach (GaussianMixture other in (GaussianMixture[])[larger, model.WithColumns(["a", "c"])])
        {
            Assert.ThrowsAny<ArgumentException>(() => model.LogLikelihoodRatios(other, new double[,] { { 1, 2 } }));
            Assert.ThrowsAny<ArgumentException>(() => model.Divergence(other));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => model.Divergence(model, rows: 1));
        Assert.Throws<VectorDataException>(() => model.LogLikelihoodRatios(model, new double[,] { { 1 } }));
        Assert.Throws<VectorDataException>(() => model.LogLikelihoodRatios(model, new double[,] { { 1, double.NaN } }));
    }

    [Fact]
    public void Divergence_SingleGaussians_IsTheClosedFormWithinItsError()
    {
        // D(N(m, S) || N(n, T)) = (tr(T^-1 S) + (n - m)' T^-1 (n - m) - D + log(det T / det S)) / 2, for diagonal S and T.
        double[] m = [0, 1];
        double[] n = [0.5, -1];
        double[] s = [1, 2];
        double[] t = [3, 0.5];
        CovarianceStructure structure = new(CovarianceKind.Diagonal, 2);
        GaussianMixture p = new(structure, [1], m, s);
        GaussianMixture q = new(structure, [1], n, t);
        MixtureDivergence found = p.Divergence(q, 200_000, seed: 4);
        Assert.Equal(Closed(m, s, n, t), found.Forward, 5 * found.ForwardError);
        Assert.Equal(Closed(n, t, m, s), found.Reverse, 5 * found.ReverseError);
        Assert.Equal(200_000, found.Rows);

        // The variance of the ratio of the first coordinate is c^2 * 2 s^2 + (m - n)^2 s / t^2 with c = (1 / t - 1 / s) / 2, and so on.
        double variance = Enumerable.Range(0, 2).Sum(d =>
            (0.5 * Math.Pow((s[d] / t[d]) - 1, 2)) + (Math.Pow(m[d] - n[d], 2) * s[d] / (t[d] * t[d])));
        Assert.Equal(Math.Sqrt(variance / 200_000), found.ForwardError, 0.02 * found.ForwardError);
    }

    [Fact]
    public void Divergence_AnyThreads_HasTheSameBits()
    {
        GaussianMixture p = RandomMixtures.Model(new Random(1), Structures.Make("full", 4), 3);
        GaussianMixture q = RandomMixtures.Model(new Random(2), Structures.Make("diagonal", 4), 5);
        ExecutionOptions execution = new() { Backend = Interop.Backends.Managed, Threads = 1 };
        MixtureDivergence expected = p.Divergence(q, 20_000, 1, execution);
        Assert.Equal(expected, p.Divergence(q, 20_000, 1, execution with { Threads = 2 }));
        Assert.Equal(expected, p.Divergence(q, 20_000, 1, execution with { Threads = 7 }));
        Assert.NotEqual(expected.Forward, p.Divergence(q, 20_000, 2, execution).Forward);
        Assert.InRange(expected.Forward, 5 * expected.ForwardError, double.MaxValue);
    }

    [Fact]
    public void Divergence_OfAMixtureFromItself_IsZero()
    {
        GaussianMixture p = RandomMixtures.Model(new Random(1), Structures.Make("full", 4), 3);
        Assert.Equal(new MixtureDivergence(0, 0, 0, 0, 1000), p.Divergence(p, 1000));
    }

    [Fact]
    public void RatioSums_PartsWithALargeMean_HaveTheVarianceOfAll()
    {
        double[] numbers = [.. RandomMixtures.Normals(new Random(1), 3000).Select(x => x + 1e8)];
        RatioSums all = new();
        foreach (int first in (int[])[0, 1, 1000, 1700])
        {
            RatioSums part = new();
            int end = first switch { 0 => 1, 1 => 1000, 1000 => 1700, _ => 3000 };
            part.Add(numbers.AsSpan(first, end - first));
            all.Add(part);
        }

        double mean = numbers.Average();
        double variance = numbers.Sum(x => (x - mean) * (x - mean)) / 2999;
        Assert.Equal(mean, all.Mean, 1e-6);
        Assert.Equal(Math.Sqrt(variance / 3000), all.StandardError, 1e-9);
        all.Clear();
        all.Add(new RatioSums());
        Assert.Equal(0, all.Mean);
    }

    private static double Closed(double[] m, double[] s, double[] n, double[] t) => 0.5 * Enumerable.Range(0, m.Length).Sum(
        d => (s[d] / t[d]) + (Math.Pow(m[d] - n[d], 2) / t[d]) - 1 + Math.Log(t[d] / s[d]));
}
