using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Estimation;

/// <summary>Adaptation with a relevance factor: several passes, limits of the factor, components without rows.</summary>
public sealed class RelevanceTests
{
    private const MixtureParameters All = MixtureParameters.All;

    private static readonly CovarianceStructure Structure = new(CovarianceKind.Diagonal, 1);

    /// <summary>Two components near the rows, and one so far that its posteriors are exactly zero.</summary>
    private static readonly GaussianMixture Ubm = new(Structure, [0.5, 0.25, 0.25], [0, 10, 1e6], [1, 2, 3]);

    private static readonly double[] Rows = [-1, 0.5, 1, 8, 9, 11, 12];

    [Fact]
    public void Fit_ComponentWithoutRows_KeepsTheBitsOfTheBackgroundAndScalesItsWeight()
    {
        GmmFitResult result = Fit(new() { Ubm = Ubm, Relevance = 4, Adapted = All });
        Assert.Equal(1e6, result.Model.Mean(2)[0]);
        Assert.Equal(3, result.Model.CovarianceAt(2, 0, 0));
        Assert.Equal([2], result.Diagnostics.EmptyComponents);

        // v = (a N / T + (1 - a) w) / sum, with N of 3, 4 and 0 to rounding.
        double[] v = [(3.0 / 7 * 3 / 7) + (4.0 / 7 * 0.5), (4.0 / 8 * 4 / 7) + (4.0 / 8 * 0.25), 0.25];
        for (int k = 0; k < v.Length; k++)
        {
            Assert.Equal(v[k] / v.Sum(), result.Model.Weights.Span[k], 1e-6);
        }
    }

    [Fact]
    public void Fit_RelevanceZero_IsTheMaximumLikelihoodOfSeenComponents()
    {
        GaussianMixture model = Fit(new() { Ubm = Ubm, Relevance = 0, Adapted = All }).Model;
        GmmOptions plain = new() { Stopping = new() { Iterations = 1 } };
        GaussianMixture maximum = new GaussianMixtureTrainer(3, plain).Fit(Rows, 1, Ubm).Model;
        Assert.Equal(maximum.Means.ToArray(), model.Means.ToArray());
        Assert.Equal(maximum.Covariances.ToArray(), model.Covariances.ToArray());

        // The weight of the component without rows is kept before all are scaled.
        Assert.Equal(0.25 / 1.25, model.Weights.Span[2], 1e-12);
    }

    [Theory]
    [InlineData(CovarianceKind.Tied)]
    [InlineData(CovarianceKind.TiedDiagonal)]
    [InlineData(CovarianceKind.TiedSpherical)]
    public void Fit_TiedCovariances_AreNotAdapted(CovarianceKind kind)
    {
        GaussianMixture ubm = Ubm.WithStructure(new CovarianceStructure(kind, 1));
        GmmOptions options = new()
        {
            Covariance = new() { Kind = kind },
            Prior = new() { Ubm = ubm, Relevance = 4, Adapted = MixtureParameters.Weights | MixtureParameters.Means },
        };
        GaussianMixture model = new GaussianMixtureTrainer(3, options).Fit(Rows, 1).Model;
        Assert.Equal(ubm.Covariances.ToArray(), model.Covariances.ToArray());
        Assert.NotEqual(ubm.Means.ToArray(), model.Means.ToArray());
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => new GaussianMixtureTrainer(3, options with { Prior = options.Prior with { Adapted = All } }).Fit(Rows, 1));
        Assert.Contains("tied", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_HugeRelevance_IsTheBackground()
    {
        GaussianMixture model = Fit(new() { Ubm = Ubm, Relevance = 1e200, Adapted = All }).Model;
        Assert.True(Near.RelativeError(Ubm.Weights.Span, model.Weights.Span, 1) <= 1e-15);
        Assert.True(Near.RelativeError(Ubm.Means.Span, model.Means.Span, 1) <= 1e-15);
        Assert.True(Near.RelativeError(Ubm.Covariances.Span, model.Covariances.Span, 1) <= 1e-15);
    }

    [Fact]
    public void Fit_SeveralPasses_TakeOnlyThePosteriorsFromTheAdaptedModel()
    {
        const double relevance = 3;
        GmmPriorOptions prior = new() { Ubm = Ubm, Relevance = relevance, Adapted = MixtureParameters.Means };
        GaussianMixture once = Fit(prior).Model;
        GaussianMixture twice = Fit(prior, iterations: 2).Model;
        double[,] posteriors = once.Posteriors(Rows, 1);
        for (int k = 0; k < 2; k++)
        {
            double occupancy = 0;
            double sum = 0;
            for (int t = 0; t < Rows.Length; t++)
            {
                occupancy += posteriors[t, k];
                sum += posteriors[t, k] * Rows[t];
            }

            Assert.Equal((sum + (relevance * Ubm.Mean(k)[0])) / (occupancy + relevance), twice.Mean(k)[0], 1e-12);
        }

        Assert.Equal(Ubm.Weights.ToArray(), twice.Weights.ToArray());
    }

    [Fact]
    public void Fit_StartThatIsNotTheBackground_GivesOnlyTheAdaptedParameters()
    {
        GaussianMixture start = new(Structure, [0.2, 0.3, 0.5], [0.5, 9, 1e6], [4, 5, 6]);
        GmmPriorOptions prior = new() { Ubm = Ubm, Relevance = 3, Adapted = MixtureParameters.Means };
        GaussianMixture mixed = new(Structure, [0.5, 0.25, 0.25], [0.5, 9, 1e6], [1, 2, 3]);
        Assert.Equal(Fit(prior, start: mixed).Model.Means.ToArray(), Fit(prior, start: start).Model.Means.ToArray());
        Assert.Equal(Ubm.Covariances.ToArray(), Fit(prior, start: start).Model.Covariances.ToArray());
    }

    [Fact]
    public void Fit_FallingLogLikelihood_CountsAsNoRise()
    {
        // The start is the optimum of the rows. Adaptation leads back to the background model, so the log-likelihood falls.
        GaussianMixture ubm = new(Structure, [1], [100], [1]);
        GaussianMixture start = new(Structure, [1], [0], [1]);
        GmmOptions options = new()
        {
            Prior = new() { Ubm = ubm, Relevance = 50 },
            Stopping = new() { Iterations = 10 },
        };
        double[] rows = [-1, 0, 1];
        GmmFitResult result = new GaussianMixtureTrainer(1, options).Fit(rows, 1, start);
        Assert.Equal(StopReason.Converged, result.StopReason);
        Assert.Equal(0, result.Model.Mean(0)[0]);
        Assert.Contains(result.Diagnostics.Warnings, warning => warning.Contains("relevance", StringComparison.Ordinal));
    }

    private static GmmFitResult Fit(GmmPriorOptions prior, int? iterations = null, GaussianMixture? start = null)
    {
        GmmOptions options = new() { Prior = prior, Stopping = new() { Iterations = iterations, Tolerance = 0 } };
        return new GaussianMixtureTrainer(3, options).Fit(Rows, 1, start);
    }
}
