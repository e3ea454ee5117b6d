using CommunityToolkit.HighPerformance;
using GmmNative.Estimation;
using GmmNative.Estimation.Options;
using GmmNative.Initialization.Responsibilities;
using GmmNative.Maximization;
using GmmNative.Tests.Support;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Initialization;

/// <summary>The start from given posteriors: one M-step, and what it refuses.</summary>
public sealed class ResponsibilityStartTests
{
    private static readonly double[] Rows = [1, 2, 3, 11, 12, 13];

    public static TheoryData<double[,], string[]> Wrong => new()
    {
        { new double[,] { { 1, 0 }, { 1, 0 } }, ["2 rows of 2", "6 rows"] },
        { new double[6, 3], ["6 rows of 3", "2 columns"] },
        { With(3, -0.5, 1.5), ["row 4", "column 1", "-0.5"] },
        { With(2, 0.5, double.NaN), ["row 3", "column 2", "NaN"] },
        { With(5, 0.5, 0.4), ["row 6", "sum to 0.9"] },
        { With(0, double.PositiveInfinity, 0), ["row 1", "sum"] },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Fit_WrongPosteriors_NamesTheRow(double[,] posteriors, string[] named)
    {
        VectorDataException error = Assert.Throws<VectorDataException>(() => Trainer(posteriors, 1).Fit(Rows, 1));
        Assert.All(named, text => Assert.Contains(text, error.Message, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("diagonal", 3)]
    [InlineData("full", 3)]
    [InlineData("equalBlocks", 4)]
    public void Fit_PosteriorsOfAModel_ContinueItsTraining(string name, int dimension)
    {
        // The M-step of the posteriors of a model is one iteration of EM: n + 1 iterations from it are n after the start.
        CovarianceStructure structure = Structures.Make(name, dimension);
        Random random = new(7);
        GaussianMixture model = RandomMixtures.Model(random, structure, 3);
        double[] rows = RandomMixtures.Rows(random, model, 500);
        double[,] posteriors = model.Posteriors(rows, dimension);
        GmmOptions options = new()
        {
            Covariance = new() { Kind = structure.Kind, BlockSizes = structure.BlockSizes },
            Stopping = new() { Iterations = 4, Tolerance = 0 },
        };
        GaussianMixture expected = new GaussianMixtureTrainer(3, options).Fit(rows, dimension, model).Model;
        options = options with
        {
            Start = new() { Posteriors = posteriors },
            Stopping = new() { Iterations = 3, Tolerance = 0 },
        };
        foreach (int threads in (int[])[1, 3])
        {
            options = options with { Execution = new() { Threads = threads, BatchSize = 10 * threads } };
            GmmFitResult result = new GaussianMixtureTrainer(3, options).Fit(rows, dimension);
            Assert.Equal(3, result.History.Count);
            Assert.True(Near.RelativeError(expected.Means.Span, result.Model.Means.Span, 1) < 1e-10);
            Assert.True(Near.RelativeError(expected.Covariances.Span, result.Model.Covariances.Span, 0.1) < 1e-10);
        }
    }

    [Fact]
    public void Initialize_HardPosteriors_IsTheMomentsOfTheGroups()
    {
        double[,] posteriors = new double[6, 2];
        for (int t = 0; t < 6; t++)
        {
            posteriors[t, t < 2 ? 0 : 1] = 1;
        }

        GaussianMixture model = Start(Rows, posteriors);
        Assert.Equal([1.5, 9.75], model.Means.ToArray(), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([0.25, 15.6875], model.Covariances.ToArray(), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([1.0 / 3, 2.0 / 3], model.Weights.ToArray(), (a, b) => Math.Abs(a - b) < 1e-4);
    }

    [Fact]
    public void Initialize_ComponentWithoutRows_HasTheMomentsOfAllRows()
    {
        double[,] posteriors = new double[6, 2];
        for (int t = 0; t < 6; t++)
        {
            posteriors[t, 0] = 1;
        }

        GaussianMixture model = Start(Rows, posteriors);
        Assert.Equal(model.Mean(0)[0], model.Mean(1)[0], 1e-12);
        Assert.Equal(model.CovarianceAt(0, 0, 0), model.CovarianceAt(1, 0, 0), 1e-12);
        Assert.Equal(1e-5, model.Weights.Span[1], 1e-9);
    }

    [Fact]
    public void Fit_FarRows_KeepTheDigitsOfTheStart()
    {
        // Two groups of variance 2/3, 2^30 apart: moments about the mean of all rows alone have no digits left.
        double[] rows = [-1, 0, 1, (1L << 30) - 1, 1L << 30, (1L << 30) + 1];
        double[,] posteriors = new double[6, 2];
        for (int t = 0; t < 6; t++)
        {
            posteriors[t, t / 3] = 1;
        }

        GaussianMixture model = Start(rows, posteriors);
        Assert.Equal(2.0 / 3, model.CovarianceAt(0, 0, 0), 1e-9);
        Assert.Equal(2.0 / 3, model.CovarianceAt(1, 0, 0), 1e-9);
    }

    /// <summary>The start alone, with the floors of the class that is compatible with diffsptk.</summary>
    private static GaussianMixture Start(double[] rows, double[,] posteriors)
    {
        CovarianceStructure structure = Structures.Make("diagonal", 1);
        GmmOptions options = new();
        MixtureTraining training = new(2, structure, ResolvedOptions.ForReference(options, 2, structure), options);
        return training.FindStart(
            VectorSource.From((ReadOnlyMemory<double>)rows, 1),
            context => new ResponsibilityStart(
                context, posteriors, new MixtureUpdate(structure, context.Components, context.Maximization)),
            null, default);
    }

    private static GaussianMixtureTrainer Trainer(double[,] posteriors, int iterations) => new(2, new GmmOptions
    {
        Start = new() { Posteriors = new ReadOnlyMemory2D<double>(posteriors) },
        Stopping = new() { Iterations = iterations, Tolerance = 0 },
    });

    private static double[,] With(int row, double first, double second)
    {
        double[,] posteriors = new double[6, 2];
        for (int t = 0; t < 6; t++)
        {
            posteriors[t, 1] = 1;
        }

        (posteriors[row, 0], posteriors[row, 1]) = (first, second);
        return posteriors;
    }
}
