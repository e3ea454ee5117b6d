using GmmNative.Tests.Support;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Scoring;

/// <summary>A prepared mixture, row by row and many at a time, against its definition.</summary>
public sealed class MixtureScorerTests
{
    public static TheoryData<string, int, int> Shapes
    {
        get
        {
            TheoryData<string, int, int> data = [];
            foreach (string structure in Structures.All)
            {
                foreach ((int dimension, int components) in (ReadOnlySpan<(int, int)>)[(1, 1), (2, 7), (3, 8), (5, 9), (13, 33), (39, 20)])
                {
                    data.Add(structure, dimension, components);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void LogDensity_OneRow_IsThatOfTheDefinition(string structure, int dimension, int components)
    {
        (GaussianMixture model, double[] rows) = Problem(structure, dimension, components, 20);
        NaiveMixture naive = new(model);
        MixtureScorer scorer = model.CreateScorer();
        DoubleDouble[] expected = new DoubleDouble[components];
        double[] posterior = new double[components];
        for (int t = 0; t < 20; t++)
        {
            double[] row = rows[(t * dimension)..((t + 1) * dimension)];
            double logDensity = naive.Expect(row, expected).High;
            double tolerance = 1e-13 * (10 + Math.Abs(logDensity));
            Assert.Equal(logDensity, scorer.LogDensity(row), tolerance);
            Assert.Equal(logDensity, scorer.Posterior(row, posterior), tolerance);
            Assert.Equal(1, posterior.Sum(), 1e-14);
            for (int k = 0; k < components; k++)
            {
                Assert.Equal(expected[k].High, posterior[k], 10 * tolerance);
            }

            Assert.Equal(posterior.Max(), posterior[scorer.Label(row)]);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Many_RowsInASpan_GiveTheBitsOfADataSet(string structure, int dimension, int components)
    {
        (GaussianMixture model, double[] rows) = Problem(structure, dimension, components, 700);
        IVectorSource source = VectorSource.From((ReadOnlyMemory<double>)rows, dimension);
        foreach (ExecutionOptions execution in Executions.All)
        {
            MixtureScorer scorer = model.CreateScorer(execution);
            double[] logDensities = new double[700];
            double[] posteriors = new double[700 * components];
            int[] labels = new int[700];
            scorer.LogDensities(rows, logDensities);
            scorer.Posteriors(rows, posteriors);
            scorer.Labels(rows, labels);
            Assert.Equal(model.LogDensities(source, execution), logDensities);
            Assert.Equal(model.Posteriors(source, execution).Cast<double>(), posteriors);
            Assert.Equal(model.Labels(source, execution), labels);
        }
    }

    [Fact]
    public void Score_SinglePrecisionRows_AreTheirDoubles()
    {
        (GaussianMixture model, double[] wide) = Problem("full", 5, 4, 300);
        float[] rows = [.. wide.Select(x => (float)x)];
        double[] same = [.. rows.Select(x => (double)x)];
        MixtureScorer scorer = model.CreateScorer();
        double[] one = new double[4];
        double[] other = new double[4];
        for (int t = 0; t < 300; t++)
        {
            ReadOnlySpan<float> row = rows.AsSpan(t * 5, 5);
            ReadOnlySpan<double> doubles = same.AsSpan(t * 5, 5);
            Assert.Equal(scorer.LogDensity(doubles), scorer.LogDensity(row));
            Assert.Equal(scorer.Label(doubles), scorer.Label(row));
            Assert.Equal(scorer.Posterior(doubles, one), scorer.Posterior(row, other));
            Assert.Equal(one, other);
        }

        double[] logDensities = new double[300];
        double[] expected = new double[300];
        scorer.LogDensities(rows, logDensities);
        scorer.LogDensities(same, expected);
        Assert.Equal(expected, logDensities);
        double[] posteriors = new double[1200];
        double[] expectedPosteriors = new double[1200];
        scorer.Posteriors(rows, posteriors);
        scorer.Posteriors(same, expectedPosteriors);
        Assert.Equal(expectedPosteriors, posteriors);
        int[] labels = new int[300];
        int[] expectedLabels = new int[300];
        scorer.Labels(rows, labels);
        scorer.Labels(same, expectedLabels);
        Assert.Equal(expectedLabels, labels);
    }

    [Theory]
    [InlineData("diagonal")]
    [InlineData("full")]
    [InlineData("equalBlocks")]
    public void LogDensity_RowsFarAway_AreFiniteOrMinusInfinity(string structure)
    {
        (GaussianMixture model, _) = Problem(structure, 4, 3, 1);
        NaiveMixture naive = new(model);
        MixtureScorer scorer = model.CreateScorer();
        double[] posterior = new double[3];
        double[] row = [.. Enumerable.Repeat(1e6, 4)];
        double expected = naive.Expect(row, new DoubleDouble[3]).High;
        Assert.Equal(expected, scorer.LogDensity(row), 1e-13 * Math.Abs(expected));
        foreach (double far in (double[])[1e200, -1e300, double.MaxValue])
        {
            row.AsSpan().Fill(far);
            Assert.Equal(double.NegativeInfinity, scorer.LogDensity(row));
            Assert.Equal(double.NegativeInfinity, scorer.Posterior(row, posterior));
            Assert.Equal([1 / 3.0, 1 / 3.0, 1 / 3.0], posterior);
            Assert.Equal(0, scorer.Label(row));
        }
    }

    [Fact]
    public void LogDensity_ComponentOfWeightZero_HasNoPart()
    {
        CovarianceStructure structure = Structures.Make("diagonal", 1);
        GaussianMixture model = new(structure, [0, 1.0], [0, 5.0], [1, 1.0]);
        MixtureScorer scorer = model.CreateScorer();
        double[] posterior = new double[2];
        Assert.Equal(-0.5 * Math.Log(2 * Math.PI), scorer.Posterior([5.0], posterior), 1e-15);
        Assert.Equal([0, 1], posterior);
        Assert.Equal(1, scorer.Label([0.0]));
    }

    [Theory]
    [InlineData("diagonal", 4, 70)]
    [InlineData("full", 6, 5)]
    public void LogDensity_ManyThreads_GiveTheSameBits(string structure, int dimension, int components)
    {
        const int Rows = 200;
        (GaussianMixture model, double[] rows) = Problem(structure, dimension, components, Rows);
        double[] expected = new double[Rows];
        MixtureScorer alone = model.CreateScorer();
        double[] many = new double[Rows];
        alone.LogDensities(rows, many);
        for (int t = 0; t < Rows; t++)
        {
            expected[t] = alone.LogDensity(rows.AsSpan(t * dimension, dimension));
        }

        MixtureScorer scorer = model.CreateScorer();
        int wrong = 0;
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, thread =>
        {
            double[] results = new double[Rows];
            for (int i = 0; i < 50; i++)
            {
                for (int t = 0; t < Rows; t++)
                {
                    int row = (t + (25 * thread)) % Rows;
                    if (scorer.LogDensity(rows.AsSpan(row * dimension, dimension)) != expected[row])
                    {
                        Interlocked.Increment(ref wrong);
                    }
                }

                scorer.LogDensities(rows, results);
                Interlocked.Add(ref wrong, results.Zip(many).Count(pair => pair.First != pair.Second));
            }
        });
        Assert.Equal(0, wrong);
    }

    [Theory]
    [InlineData("diagonal")]
    [InlineData("full")]
    public void Score_OneRowWarm_AllocatesNothing(string structure)
    {
        (GaussianMixture model, double[] row) = Problem(structure, 39, 64, 1);
        float[] single = [.. row.Select(x => (float)x)];
        MixtureScorer scorer = model.CreateScorer();
        double[] posterior = new double[64];
        double sum = 0;
        void Score()
        {
            sum += scorer.LogDensity(row) + scorer.LogDensity(single) + scorer.Label(row) + scorer.Label(single);
            sum += scorer.Posterior(row, posterior) + scorer.Posterior(single, posterior);
        }

        Score();

        // If another thread causes a collection, the unused part of this thread's allocation buffer counts as allocated. Allocations of a
        // call appear in every repetition, so the minimum is compared.
        long allocated = long.MaxValue;
        for (int repetition = 0; repetition < 10; repetition++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++)
            {
                Score();
            }

            allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, allocated);
        Assert.True(double.IsFinite(sum));
    }

    [Fact]
    public void Score_BadRows_AreNamed()
    {
        (GaussianMixture model, _) = Problem("diagonal", 3, 2, 1);
        MixtureScorer scorer = model.CreateScorer();
        Assert.Equal(
            "The row has 2 numbers, but the model has dimension 3.",
            Assert.Throws<VectorDataException>(() => scorer.LogDensity([1.0, 2])).Message);
        Assert.Equal(
            "Column 2 of the row is not a number (NaN): remove the row or replace the value.",
            Assert.Throws<VectorDataException>(() => scorer.Label([1.0, double.NaN, 2])).Message);
        Assert.Equal(
            "Row 2, column 1 is infinite: remove the row or replace the value.",
            Assert.Throws<VectorDataException>(() => scorer.Labels([1.0, 2, 3, double.PositiveInfinity, 5, 6], new int[2])).Message);
        Assert.Equal(
            "4 numbers are not a whole number of rows of dimension 3.",
            Assert.Throws<VectorDataException>(() => scorer.LogDensities([1.0, 2, 3, 4], new double[2])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => scorer.Posterior([1.0, 2, 3], new double[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => scorer.LogDensities([1.0, 2, 3], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => scorer.Labels([1.0, 2, 3], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => scorer.Posteriors([1.0, 2, 3], new double[1]));

        // What failed leaves nothing behind.
        double[] one = new double[1];
        scorer.LogDensities([1.0, 2, 3], one);
        Assert.Equal(scorer.LogDensity([1.0, 2, 3]), one[0], 1e-12);
    }

    private static (GaussianMixture Model, double[] Rows) Problem(string structure, int dimension, int components, int rows)
    {
        Random random = new((100 * dimension) + components);
        GaussianMixture model = RandomMixtures.Model(random, Structures.Make(structure, dimension), components);
        return (model, RandomMixtures.Rows(random, model, rows));
    }
}
