using CommunityToolkit.HighPerformance;
using Xunit;

namespace GmmNative.Onnx.Tests;

/// <summary>ONNX Runtime computes what the library computes.</summary>
public sealed class ScoreTests
{
    [Theory]
    [MemberData(nameof(Mixtures.Structures), MemberType = typeof(Mixtures))]
    public void Run_Double_AgreesWithTheLibrary(CovarianceKind kind, int[]? blocks)
    {
        double[] rows = Mixtures.Rows();
        GaussianMixture model = Mixtures.Train(rows, kind, blocks);
        AssertAgrees(model, rows, OnnxScores.Of(OnnxFile.Save(model), rows, Mixtures.Dimension), 1e-10);
    }

    [Theory]
    [MemberData(nameof(Mixtures.Structures), MemberType = typeof(Mixtures))]
    public void Run_Single_AgreesWithTheLibrary(CovarianceKind kind, int[]? blocks)
    {
        double[] rows = Mixtures.Rows();
        GaussianMixture model = Mixtures.Train(rows, kind, blocks);
        float[] single = Array.ConvertAll(rows, value => (float)value);
        AssertAgrees(model, rows, OnnxScores.Of(OnnxFile.Save(model, Precision.Single), single, Mixtures.Dimension), 1e-4);
    }

    [Theory]
    [InlineData(CovarianceKind.Diagonal)]
    [InlineData(CovarianceKind.Full)]
    [InlineData(CovarianceKind.Tied)]
    public void Run_FarFromTheOrigin_LosesNoDigits(CovarianceKind kind)
    {
        // Expanded products would lose 12 of the 16 digits in double, and all digits in single precision.
        double[] far = Mixtures.Rows(1e6);
        GaussianMixture model = Mixtures.Train(far, kind);
        AssertAgrees(model, far, OnnxScores.Of(OnnxFile.Save(model), far, Mixtures.Dimension), 1e-9);
        double[] rows = Mixtures.Rows(1e5);
        GaussianMixture other = Mixtures.Train(rows, kind);
        float[] single = Array.ConvertAll(rows, value => (float)value);
        AssertAgrees(other, rows, OnnxScores.Of(OnnxFile.Save(other, Precision.Single), single, Mixtures.Dimension), 1e-4);
    }

    [Theory]
    [InlineData(WeightPrior.DirichletDistribution)]
    [InlineData(WeightPrior.DirichletProcess)]
    public void Run_VariationalModel_UsesItsOwnPosterior(WeightPrior prior)
    {
        double[] rows = Mixtures.Rows(count: 60);
        GaussianMixture model = Mixtures.Train(
            rows, CovarianceKind.Full, null, new() { Variational = new() { Weights = prior, Concentration = 1e-2 } });
        Assert.NotNull(model.Variational);
        AssertAgrees(model, rows, OnnxScores.Of(OnnxFile.Save(model), rows, Mixtures.Dimension), 1e-10);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(333)]
    public void Run_AnyNumberOfRows_GivesTheSameNumbers(int count)
    {
        double[] rows = Mixtures.Rows();
        byte[] file = OnnxFile.Save(Mixtures.Train(rows, CovarianceKind.Diagonal));
        OnnxScores all = OnnxScores.Of(file, rows, Mixtures.Dimension);
        OnnxScores some = OnnxScores.Of(file, rows[..(count * Mixtures.Dimension)], Mixtures.Dimension);
        Assert.Equal(all.Labels[..count], some.Labels);
        Assert.Equal(count, some.LogDensities.Length);
        Assert.All(all.LogDensities.Zip(some.LogDensities), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    [Fact]
    public void Run_RowsWithoutDensity_HaveEqualPosteriorsAndTheFirstLabel()
    {
        GaussianMixture model = Mixtures.Train(Mixtures.Rows(), CovarianceKind.Full);
        double[] rows = [1e200, 0, 0, 0, 1, 2, 3, 4];
        OnnxScores actual = OnnxScores.Of(OnnxFile.Save(model), rows, Mixtures.Dimension);
        Assert.Equal(double.NegativeInfinity, actual.LogDensities[0]);
        Assert.Equal(0, actual.Labels[0]);
        Assert.All(actual.Posteriors[..3], share => Assert.Equal(1.0 / 3, share));
        AssertAgrees(model, rows, actual, 1e-10);
    }

    [Fact]
    public void Run_EqualAndEmptyComponents_HaveTheFirstLabel()
    {
        CovarianceStructure structure = new(CovarianceKind.Diagonal, 1);
        GaussianMixture model = new(structure, [0, 0.5, 0.5], [0, 2, 2], [1, 3, 3]);
        OnnxScores actual = OnnxScores.Of(OnnxFile.Save(model), [0.0, 7.5], 1);
        Assert.Equal([1, 1], actual.Labels);
        Assert.Equal([0, 0.5, 0.5, 0, 0.5, 0.5], actual.Posteriors);
    }

    private static void AssertAgrees(GaussianMixture model, double[] rows, OnnxScores actual, double tolerance)
    {
        double[] logDensities = model.LogDensities(rows, model.Dimension);
        Assert.All(
            logDensities.Zip(actual.LogDensities),
            pair => Assert.Equal(pair.First, pair.Second, tolerance * Math.Max(1, Math.Abs(pair.First))));
        double[] posteriors = [.. model.Posteriors(rows, model.Dimension).AsMemory2D().ToArray().Cast<double>()];
        double resolution = tolerance * Math.Max(1, logDensities.Where(double.IsFinite).Max(Math.Abs));
        Assert.All(posteriors.Zip(actual.Posteriors), pair => Assert.Equal(pair.First, pair.Second, resolution));
        int[] labels = model.Labels(rows, model.Dimension);
        for (int t = 0; t < labels.Length; t++)
        {
            // Labels may differ only where two posteriors are equal within the tolerance.
            int first = t * model.ComponentCount;
            Assert.True(
                labels[t] == actual.Labels[t] || posteriors[first + labels[t]] - posteriors[first + (int)actual.Labels[t]] < resolution,
                $"row {t}: {labels[t]} and {actual.Labels[t]}");
        }
    }
}
