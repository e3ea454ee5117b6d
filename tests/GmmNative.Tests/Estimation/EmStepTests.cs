using GmmNative.Estimation.Steps;
using GmmNative.Execution;
using GmmNative.Expectation;
using GmmNative.Interop;
using GmmNative.Maximization;
using GmmNative.Maximization.Priors;
using GmmNative.Passes;
using GmmNative.Tests.Support;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Estimation;

/// <summary>One iteration of EM by itself.</summary>
public sealed class EmStepTests
{
    private const int Components = 3;
    private const int Count = 200;

    [Theory]
    [InlineData("diagonal", NumericalPath.Products)]
    [InlineData("full", NumericalPath.Products)]
    [InlineData("full", NumericalPath.Centered)]
    [InlineData("equalBlocks", NumericalPath.Auto)]
    public void Run_AnyModel_ReportsWhatTheDefinitionGives(string name, NumericalPath path)
    {
        (GaussianMixture model, double[] rows) = Problem(name);
        List<int> chunks = [];
        EmStepResult result = Step(model.Structure, Source(rows), path).Run(model, 1, chunks.Add, default);
        NaiveMixture naive = new(model);
        NaiveExpectation expectation = naive.Expect(rows);
        NaiveUpdate update = naive.Update(rows, expectation, 0, 0);
        Assert.Equal(Count, chunks.Sum());
        Assert.Equal(Count, result.Rows);
        Assert.Equal(expectation.LogLikelihood.High, result.LogLikelihood, 1e-9);
        Assert.Equal(result.LogLikelihood, result.Objective);
        Assert.Equal(Math.Abs(expectation.LogLikelihood.High), result.Magnitude, 1e-9);
        Assert.Equal(path == NumericalPath.Centered ? 1 : 0, result.CenteredShare);
        Assert.Equal(new MixtureFactors(model, Plan(path)).Condition, result.Condition);
        for (int k = 0; k < Components; k++)
        {
            Assert.Equal(update.Weights[k].High, result.Update.Model.Weights.Span[k], 1e-13);
            for (int i = 0; i < model.Dimension; i++)
            {
                Assert.Equal(update.Means[k][i].High, result.Update.Model.Mean(k)[i], 1e-11);
                for (int j = 0; j < model.Dimension; j++)
                {
                    Assert.Equal(update.Covariances[k][i, j].High, result.Update.Model.CovarianceAt(k, i, j), 1e-10);
                }
            }
        }
    }

    [Fact]
    public void Run_BackgroundModel_AddsItsLogPriorToTheObjective()
    {
        (GaussianMixture model, double[] rows) = Problem("full");
        GaussianMixture ubm = RandomMixtures.Model(new Random(3), model.Structure, Components, offset: 1);
        EmStepResult result = Step(model.Structure, Source(rows), NumericalPath.Auto, ubm, 0.75).Run(model, 1, null, default);
        double prior = new AlphaPrior(ubm, 0.75).LogDensity(new MixtureFactors(model, Plan(NumericalPath.Auto)));
        Assert.NotEqual(0, prior);
        Assert.Equal(result.LogLikelihood + prior, result.Objective, 1e-10);
        NaiveMixture naive = new(model);
        NaiveUpdate update = naive.Update(rows, naive.Expect(rows), 0, 0, ubm, 0.75);
        Assert.Equal(update.Means[1][2].High, result.Update.Model.Mean(1)[2], 1e-11);
    }

    [Theory]
    [InlineData(NumericalPath.Auto, 2)]
    [InlineData(NumericalPath.Centered, 2)]
    [InlineData(NumericalPath.Products, 1)]
    public void Run_VarianceFarBelowTheLastOne_SumsTheRowsAgainAboutTheNewMean(NumericalPath path, int passes)
    {
        // A cluster of variance 1e-8 under a component a hundred million times as wide, 1e4 away: the first moments leave it no digit.
        double[] rows = [.. RandomMixtures.Normals(new Random(1), Count).Select(x => 1e4 + (1e-4 * x))];
        GaussianMixture model = new(Structures.Make("diagonal", 1), [1.0], [0.0], [1e8]);
        int counted = 0;
        EmStepResult result = Step(model.Structure, Source(rows, 1), path).Run(model, 1, count => counted += count, default);
        Assert.Equal(passes * Count, counted);
        Assert.Equal(Count, result.Rows);
        double mean = rows.Average(x => x - 1e4);
        double variance = rows.Average(x => Math.Pow(x - 1e4 - mean, 2));
        if (passes == 2)
        {
            Assert.Equal(1, result.Update.Model.CovarianceAt(0, 0, 0) / variance, 1e-6);
            Assert.False(result.Update.HasLostDigits);
        }

        // The likelihood is that of the model, even if there is a second pass over the rows.
        Assert.Equal(new NaiveMixture(model).Expect(rows).LogLikelihood.High, result.LogLikelihood, 1e-9);
        Assert.Equal(path == NumericalPath.Products ? 0 : path == NumericalPath.Centered ? 1 : result.CenteredShare, result.CenteredShare);
    }

    [Fact]
    public void Run_RowsFarOutInOneChunk_TakesTheProductsForAllOthers()
    {
        // The chunk with the rows at 1e7 uses the centered form, so that each component has moments about both kinds of origin.
        Random random = new(2);
        double[] rows = RandomMixtures.Normals(random, 2 * 4000);
        (rows[0], rows[2], rows[4], rows[6]) = (1e7, -1e7, 1e7, -1e7);
        GaussianMixture model = new(Structures.Make("full", 2), [0.5, 0.5], [-1, 0, 1, 0], [1, 0.25, 0.25, 1, 1, -0.25, -0.25, 1]);
        EmStepResult mixed = Step(model.Structure, Source(rows, 2), NumericalPath.Auto).Run(model, 1, null, default);
        EmStepResult centered = Step(model.Structure, Source(rows, 2), NumericalPath.Centered).Run(model, 1, null, default);
        Assert.InRange(mixed.CenteredShare, 0.01, 0.5);
        Assert.Equal(1, mixed.LogLikelihood / centered.LogLikelihood, 1e-13);
        for (int k = 0; k < 2; k++)
        {
            Assert.Equal(centered.Update.Model.Weights.Span[k], mixed.Update.Model.Weights.Span[k], 1e-12);
            for (int i = 0; i < 4; i++)
            {
                // Relative to the variances, those of rows at 1e7 and those of rows at 1.
                GaussianMixture expected = centered.Update.Model;
                double scale = Math.Sqrt(expected.CovarianceAt(k, i / 2, i / 2) * expected.CovarianceAt(k, i % 2, i % 2));
                Assert.Equal(0, (mixed.Update.Model.Covariance(k)[i] - expected.Covariance(k)[i]) / scale, 1e-10);
            }

            Assert.Equal(centered.Update.Model.Mean(k)[1], mixed.Update.Model.Mean(k)[1], 1e-9);
        }
    }

    [Fact]
    public void Run_Again_ReusesSumsAndGivesTheSameBits()
    {
        (GaussianMixture model, double[] rows) = Problem("full");
        EmStep<double> step = Step(model.Structure, Source(rows), NumericalPath.Auto);
        EmStepResult first = step.Run(model, 1, null, default);
        GaussianMixture other = RandomMixtures.Model(new Random(9), model.Structure, Components, offset: 1);
        step.Run(other, 2, null, default);
        EmStepResult again = step.Run(model, 3, null, default);
        Bits.AssertSame(first.Update.Model, again.Update.Model, "the same model once more");
        Assert.Equal(first.LogLikelihood, again.LogLikelihood);
        Assert.Equal(first.Rows, again.Rows);
        Assert.Equal(first.Magnitude, again.Magnitude);
    }

    [Theory]
    [InlineData(Count + 1, 1.0, "201 rows")]
    [InlineData(Count - 1, 1.0, "199 rows")]
    [InlineData(Count, double.NaN, "not finite")]
    [InlineData(Count, double.PositiveInfinity, "not finite")]
    public void Run_SourceThatChanges_Throws(int count, double last, string message)
    {
        double[] first = RandomMixtures.Normals(new Random(4), Count);
        double[] second = [.. RandomMixtures.Normals(new Random(5), count - 1), last];
        ScriptedSource source = new(1, pass => pass < 2 ? first : second);
        GaussianMixture model = new(Structures.Make("diagonal", 1), [1.0], [0.0], [1.0]);
        VectorDataException error = Assert.Throws<VectorDataException>(
            () => Step(model.Structure, source, NumericalPath.Auto, components: 1).Run(model, 1, null, default));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Epsilon_OfEitherPrecision_IsThatOfItsNumbers()
    {
        (GaussianMixture model, double[] rows) = Problem("full");
        TrainingData data = TrainingData.Of(Source(rows), Plan(NumericalPath.Auto), default);
        Assert.Equal(Math.ScaleB(1, -52), new EmStep<double>(data, model.Structure, 3, Options(null, 0), Plan(NumericalPath.Auto)).Epsilon);
        Assert.Equal(Math.ScaleB(1, -23), new EmStep<float>(data, model.Structure, 3, Options(null, 0), Plan(NumericalPath.Auto)).Epsilon);
    }

    private static (GaussianMixture Model, double[] Rows) Problem(string name)
    {
        Random random = new(1);
        GaussianMixture model = RandomMixtures.Model(random, Structures.Make(name, 3), Components);
        return (model, RandomMixtures.Rows(random, model, Count));
    }

    private static IVectorSource Source(double[] rows, int dimension = 3) => VectorSource.From((ReadOnlyMemory<double>)rows, dimension);

    private static ExecutionPlan Plan(NumericalPath path) =>
        ExecutionPlan.From(new ExecutionOptions { Backend = Backends.Managed, Path = path, Threads = 1 });

    private static EmStep<double> Step(
        CovarianceStructure structure, IVectorSource source, NumericalPath path, GaussianMixture? ubm = null, double alpha = 0,
        int? components = null)
    {
        ExecutionPlan plan = Plan(path);
        int count = components ?? (structure.Dimension == 1 ? 1 : structure.Dimension == 2 ? 2 : Components);
        return new EmStep<double>(TrainingData.Of(source, plan, default), structure, count, Options(ubm, alpha, structure.Dimension), plan);
    }

    private static UpdateOptions Options(GaussianMixture? ubm, double alpha, int dimension = 3) => new()
    {
        WeightFloor = 0,
        Threads = 1,
        Prior = ubm is null ? NoPrior.Instance : new AlphaPrior(ubm, alpha),
        Floors = new FloorOptions
        {
            Floors = [.. Enumerable.Repeat(1e-12, dimension)],
            Resolutions = new double[dimension],
            Target = VarianceFloorTarget.Eigenvalues,
            SingularCovariance = SingularCovarianceHandling.FloorEigenvalues,
        },
    };
}
