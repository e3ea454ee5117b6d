using GmmNative.Interop;
using GmmNative.Tests.Support;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Scoring;

/// <summary>Scoring, regression and imputation of rows with missing values, on every backend.</summary>
public class MissingScoringTests
{
    private const int Dimension = 5;
    private const int Components = 4;
    private const int Count = 700;

    public static TheoryData<string, BackendKind, Precision> Cases
    {
        get
        {
            TheoryData<string, BackendKind, Precision> data = [];
            foreach (BackendKind backend in TestBackends.Kinds)
            {
                foreach (string structure in Structures.All)
                {
                    data.Add(structure, backend, Precision.Double);
                }

                data.Add("full", backend, Precision.Single);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Scores_Marginalize_AgreeWithDefinition(string structure, BackendKind backend, Precision precision)
    {
        (GaussianMixture model, double[] rows) = Problem(structure);
        IVectorSource source = Source(rows, MissingValues.Marginalize);
        ExecutionOptions execution = new() { Backend = TestBackends.Get(backend), Precision = precision };
        double tolerance = precision == Precision.Double ? 1e-11 : 1e-4;
        double[] logDensities = model.LogDensities(source, execution);
        double[,] posteriors = model.Posteriors(source, execution);
        int[] labels = model.Labels(source, execution);
        double[,] imputed = model.Impute(source, execution);
        NaiveMissing naive = new(model);
        double[] posterior = new double[Components];
        for (int t = 0; t < Count; t++)
        {
            ReadOnlySpan<double> row = rows.AsSpan(t * Dimension, Dimension);
            Assert.Equal(naive.LogDensity(row, posterior), logDensities[t], tolerance * 100);
            double[] expected = new double[Dimension];
            for (int k = 0; k < Components; k++)
            {
                Assert.Equal(posterior[k], posteriors[t, k], tolerance);
                double[] completed = naive.Complete(k, row).Row;
                for (int d = 0; d < Dimension; d++)
                {
                    expected[d] += posterior[k] * completed[d];
                }
            }

            for (int d = 0; d < Dimension; d++)
            {
                Assert.Equal(double.IsNaN(row[d]) ? expected[d] : row[d], imputed[t, d], 1e-10);
            }

            Assert.True(posterior[labels[t]] >= posterior.Max() - tolerance);
        }
    }

    [Theory]
    [InlineData(Precision.Double)]
    [InlineData(Precision.Single)]
    public void Scores_Drop_KeepPositions(Precision precision)
    {
        (GaussianMixture model, double[] rows) = Problem("full");
        IVectorSource source = Source(rows, MissingValues.Drop);
        ExecutionOptions execution = new() { Backend = Backends.Managed, Precision = precision };
        double[] logDensities = model.LogDensities(source, execution);
        double[,] posteriors = model.Posteriors(source, execution);
        int[] labels = model.Labels(source, execution);
        double[] marginal = model.LogDensities(Source(rows, MissingValues.Marginalize), execution);
        for (int t = 0; t < Count; t++)
        {
            bool isComplete = !rows.AsSpan(t * Dimension, Dimension).Contains(double.NaN);
            Assert.Equal(!isComplete, double.IsNaN(logDensities[t]));
            Assert.Equal(!isComplete, double.IsNaN(posteriors[t, Components - 1]));
            Assert.Equal(isComplete, labels[t] >= 0);
            Assert.True(!isComplete || logDensities[t] == marginal[t]);
        }
    }

    [Fact]
    public void Scores_AnyThreads_GiveTheSameBits()
    {
        (GaussianMixture model, double[] rows) = Problem("full");
        IVectorSource source = Source(rows, MissingValues.Marginalize);
        ExecutionOptions one = new() { Backend = Backends.Managed, Threads = 1 };
        ExecutionOptions three = one with { Threads = 3, BatchSize = 31 };
        Bits.AssertSame(model.LogDensities(source, one), model.LogDensities(source, three), "log-densities");
        Bits.AssertSame(model.Impute(source, one), model.Impute(source, three), "imputed values");
    }

    [Fact]
    public void Scorer_RowsWithMissingValues_AgreeWithManyRows()
    {
        (GaussianMixture model, double[] rows) = Problem("full");
        foreach (MissingValues policy in (MissingValues[])[MissingValues.Marginalize, MissingValues.Drop])
        {
            MixtureScorer scorer = model.CreateScorer(new() { Backend = Backends.Managed }, policy);
            double[] many = model.LogDensities(Source(rows, policy), new() { Backend = Backends.Managed });
            int[] labels = new int[Count];
            scorer.Labels(rows, labels);
            double[] posterior = new double[Components];
            double[] logPosterior = new double[Components];
            for (int t = 0; t < Count; t++)
            {
                ReadOnlySpan<double> row = rows.AsSpan(t * Dimension, Dimension);
                Assert.Equal(many[t], scorer.LogDensity(row), 1e-11);
                Assert.Equal(many[t], scorer.Posterior(row, posterior), 1e-11);
                Assert.Equal(many[t], scorer.LogPosterior(row, logPosterior), 1e-11);
                Assert.Equal(labels[t], scorer.Label(row));
                Assert.Equal(posterior[0], Math.Exp(logPosterior[0]), 1e-12);
            }

            Assert.Equal(policy == MissingValues.Drop, labels.Contains(-1));
        }

        Assert.Throws<VectorDataException>(() => model.CreateScorer().LogDensity([1, 2, double.NaN, 4, 5]));
    }

    [Theory]
    [InlineData("full", RegressionKind.Best)]
    [InlineData("full", RegressionKind.Expected)]
    [InlineData("equalBlocks", RegressionKind.Expected)]
    [InlineData("tied", RegressionKind.Best)]
    public void Regression_MissingGivenValues_UsesTheObservedOnes(string structure, RegressionKind kind)
    {
        (GaussianMixture model, double[] all) = Problem(structure);
        int[] given = [3, 0, 4];
        int[] targets = [2, 1];
        double[] rows = [.. Enumerable.Range(0, Count).SelectMany(t => given.Select(d => all[(t * Dimension) + d]))];
        IVectorSource source = VectorSource.From((ReadOnlyMemory<double>)rows, 3).WithMissingValues(MissingValues.Marginalize);
        RegressionResult result = model.CreateRegressor(given, targets, new() { Backend = Backends.Managed })
            .Predict(source, kind, withCovariances: true);
        for (int t = 0; t < 60; t++)
        {
            int[] observed = [.. Enumerable.Range(0, 3).Where(i => !double.IsNaN(rows[(t * 3) + i]))];
            if (observed.Length == 0)
            {
                continue;
            }

            double[] row = [.. observed.Select(i => rows[(t * 3) + i])];
            NaiveConditional naive = new(model, [.. observed.Select(i => given[i])], targets, row);
            Assert.Equal(naive.LogDensity, result.LogDensities[t], 1e-9);
            int label = result.Labels[t];
            for (int i = 0; i < 2; i++)
            {
                double expected = kind == RegressionKind.Expected ? naive.Expected[i] : naive.Means[label][i].High;
                double covariance = kind == RegressionKind.Expected ? naive.Covariance[i * 2] : naive.Covariances[label][i, 0].High;
                Assert.Equal(expected, result.Predicted[t, i], 1e-9);
                Assert.Equal(covariance, result.Covariances![t, i * 2], 1e-9);
            }
        }
    }

    [Fact]
    public void Transform_NothingObserved_GivesTheMeanOfTheHeaviestComponent()
    {
        (GaussianMixture model, _) = Problem("full");
        double[,] rows = { { double.NaN, double.NaN }, { 0.5, double.NaN } };
        TransformResult result = model.Transform(VectorSource.From(rows).WithMissingValues(MissingValues.Marginalize));
        int heaviest = model.Weights.ToArray().Index().MaxBy(item => item.Item).Index;
        Assert.Equal(heaviest, result.Labels[0]);
        Assert.Equal(0, result.LogDensities[0]);
        Assert.Equal(model.Mean(heaviest)[2], result.Converted![0, 0]);
        TransformResult dropped = model.Transform(VectorSource.From(rows).WithMissingValues(MissingValues.Drop));
        Assert.Equal([-1, -1], dropped.Labels);
        Assert.True(double.IsNaN(dropped.Converted![1, 2]));
    }

    [Fact]
    public void Criteria_RowsWithoutValues_DoNotCount()
    {
        (GaussianMixture model, double[] rows) = Problem("full");
        double[] more = [.. rows, .. Enumerable.Repeat(double.NaN, 20 * Dimension)];
        int empty = Enumerable.Range(0, Count).Count(t => !rows.AsSpan(t * Dimension, Dimension).ContainsAnyExcept(double.NaN));
        MixtureCriteria expected = model.Criteria(Source(rows, MissingValues.Marginalize));
        MixtureCriteria actual = model.Criteria(Source(more, MissingValues.Marginalize));
        Assert.Equal(expected.Bic, actual.Bic, 1e-9);
        Assert.Equal(expected.Icl, actual.Icl, 1e-9);
        Assert.Equal((-2 * actual.LogLikelihood) + (actual.Parameters * Math.Log(Count - empty)), actual.Bic, 1e-9);
    }

    [Fact]
    public void Ratio_MissingValues_AreLeftOutOfBothModels()
    {
        (GaussianMixture model, double[] rows) = Problem("full");
        (GaussianMixture other, _) = Problem("diagonal");
        IVectorSource source = Source(rows, MissingValues.Marginalize);
        double[] ratios = model.LogLikelihoodRatios(other, source);
        double[] first = model.LogDensities(source);
        double[] second = other.LogDensities(source);
        for (int t = 0; t < Count; t++)
        {
            Assert.Equal(first[t] - second[t], ratios[t], 1e-10);
        }

        Assert.False(double.IsNaN(model.LogDensityQuantile(Source(rows, MissingValues.Drop), 0.1)));
    }

    [Fact]
    public void Impute_InfiniteValue_IsAnError()
    {
        (GaussianMixture model, _) = Problem("full");
        double[,] rows = { { 1, 2, double.NaN, 4, double.NegativeInfinity } };
        string message = Assert.Throws<VectorDataException>(() => model.Impute(rows)).Message;
        Assert.Equal("row 1, column 5 is infinite: remove the row or replace the value.", message);
    }

    private static IVectorSource Source(double[] rows, MissingValues policy) =>
        VectorSource.From((ReadOnlyMemory<double>)rows, Dimension).WithMissingValues(policy);

    private static (GaussianMixture Model, double[] Rows) Problem(string structure)
    {
        Random random = new(23);
        GaussianMixture model = RandomMixtures.Model(random, Structures.Make(structure, Dimension), Components);
        double[] rows = RandomMixtures.Rows(random, model, Count);
        for (int i = 0; i < rows.Length; i++)
        {
            int share = (i / Dimension) % 3;
            rows[i] = share > 0 && random.Next(5) < 2 * share ? double.NaN : rows[i];
        }

        return (model, rows);
    }
}
