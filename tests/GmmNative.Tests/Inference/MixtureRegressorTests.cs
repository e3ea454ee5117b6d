using GmmNative.Tests.Support;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Inference;

/// <summary>Regression by the best component and by the expected value, row by row and for many rows, against the definitions.</summary>
public sealed class MixtureRegressorTests
{
    public static TheoryData<string, int, int, int[], int[]> Shapes
    {
        get
        {
            TheoryData<string, int, int, int[], int[]> data = [];
            foreach (string structure in Structures.Names)
            {
                data.Add(structure, 2, 1, [1], [0]);
                data.Add(structure, 5, 3, [4, 0], [2, 1]);
                data.Add(structure, 7, 9, [0, 1, 2], [3, 4, 5, 6]);
                data.Add(structure, 13, 33, [12, 3, 5, 7, 8], [0, 11, 2]);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Predict_AnyCoordinates_IsTheDefinition(string structure, int dimension, int components, int[] given, int[] targets)
    {
        (GaussianMixture model, double[] rows) = Problem(structure, dimension, components, given.Length, 100);
        int wanted = targets.Length;
        double[] predicted = new double[wanted];
        double[] covariance = new double[wanted * wanted];
        NaiveConditional[] naive = [.. Enumerable.Range(0, 100).Select(
            t => new NaiveConditional(model, given, targets, Row(rows, t, given.Length)))];
        MixtureRegressor one = model.CreateRegressor(given, targets);
        for (int t = 0; t < 100; t++)
        {
            Assert.Equal(naive[t].LogDensity, one.Expected(Row(rows, t, given.Length), predicted, covariance), 1e-11);
            AssertNear(naive[t].Expected, predicted, 1e-11);
            AssertNear(naive[t].Covariance, covariance, 1e-11);
            one.Expected(Row(rows, t, given.Length), predicted);
            AssertNear(naive[t].Expected, predicted, 1e-11);
            int best = one.Best(Row(rows, t, given.Length), predicted);
            Assert.Equal(naive[t].Posterior.Max(), naive[t].Posterior[best], 1e-13);
            AssertNear([.. naive[t].Means[best].Select(mean => mean.High)], predicted, 1e-11);
        }

        foreach (ExecutionOptions execution in Executions.All)
        {
            double tolerance = execution.Precision == Precision.Double ? 1e-9 : 2e-2;
            MixtureRegressor regressor = model.CreateRegressor(given, targets, execution);
            RegressionResult all = regressor.Predict(
                VectorSource.From((ReadOnlyMemory<double>)rows, given.Length), RegressionKind.Expected, withCovariances: true);
            AssertNear([.. naive.SelectMany(n => n.Expected)], [.. all.Predicted.Cast<double>()], tolerance);
            AssertNear([.. naive.SelectMany(n => n.Covariance)], [.. all.Covariances!.Cast<double>()], 10 * tolerance);
            RegressionResult best = regressor.Predict(VectorSource.From((ReadOnlyMemory<double>)rows, given.Length), RegressionKind.Best);
            Assert.Null(best.Covariances);
            Assert.Equal(all.Labels, best.Labels);
            AssertNear(
                [.. best.Labels.SelectMany((label, t) => naive[t].Means[label].Select(mean => mean.High))],
                [.. best.Predicted.Cast<double>()], 1e-11);
        }
    }

    [Theory]
    [InlineData(RegressionKind.Best)]
    [InlineData(RegressionKind.Expected)]
    public void Predict_AnyThreadsAndBatches_GivesTheSameBits(RegressionKind kind)
    {
        (GaussianMixture model, double[] rows) = Problem("full", 5, 6, 2, 3000);
        IVectorSource source = VectorSource.From((ReadOnlyMemory<double>)rows, 2);
        foreach (Precision precision in Enum.GetValues<Precision>())
        {
            RegressionResult expected = model.CreateRegressor([3, 1], [0, 4], new() { Threads = 1, Precision = precision })
                .Predict(source, kind, withCovariances: true);
            foreach ((int threads, int batch) in (ReadOnlySpan<(int, int)>)[(2, 100), (5, 7), (3, 4000)])
            {
                ExecutionOptions execution = new() { Threads = threads, BatchSize = batch, Precision = precision };
                RegressionResult found = model.CreateRegressor([3, 1], [0, 4], execution).Predict(source, kind, withCovariances: true);
                Bits.AssertSame(expected.Predicted, found.Predicted, "predicted");
                Bits.AssertSame(expected.Covariances!, found.Covariances!, "covariances");
                Assert.Equal(expected.Labels, found.Labels);
            }
        }
    }

    [Fact]
    public void Predict_LeadingCoordinatesByTheBest_GivesTheBitsOfTransform()
    {
        (GaussianMixture model, double[] rows) = Problem("full", 5, 6, 3, 500);
        IVectorSource source = VectorSource.From((ReadOnlyMemory<double>)rows, 3);
        RegressionResult found = model.CreateRegressor([0, 1, 2]).Predict(source, RegressionKind.Best);
        TransformResult expected = model.Transform(source);
        Bits.AssertSame(expected.Converted!, found.Predicted, "predicted");
        Assert.Equal(expected.Labels, found.Labels);
    }

    [Fact]
    public void Predict_RowsWithNames_NeedsOnlyTheGivenOnes()
    {
        GaussianMixture model = RandomMixtures.Model(new Random(4), Structures.Make("full", 3), 2).WithColumns(["a", "b", "c"]);
        using TestFolder folder = new();
        folder.Write("given.csv", "c,note,a\n1,7,2\n-1,8,0.5\n");
        folder.Write("missing.csv", "a,b\n1,2\n");
        MixtureRegressor regressor = model.CreateRegressor([0, 2]);
        double[,] expected = regressor.Predict(new double[,] { { 2, 1 }, { 0.5, -1 } }).Predicted;
        using IVectorSource named = VectorFile.Open(folder["given.csv"]);
        Assert.Equal(expected, regressor.Predict(named).Predicted);
        Assert.Equal(expected, regressor.Predict(new double[,] { { 2, 99, 1 }, { 0.5, 99, -1 } }).Predicted);
        using IVectorSource missing = VectorFile.Open(folder["missing.csv"]);
        Assert.Contains("'c'", Assert.Throws<VectorDataException>(() => regressor.Predict(missing)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "dimension 1", Assert.Throws<VectorDataException>(() => regressor.Predict(new double[,] { { 1 } })).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Predict_EachFormOfRows_IsTheSame()
    {
        (GaussianMixture model, _) = Problem("full", 3, 2, 1, 1);
        MixtureRegressor regressor = model.CreateRegressor([0, 1]);
        double[,] expected = regressor.Predict(new double[,] { { 1, 2 }, { 0.5, -1 } }).Predicted;
        Assert.Equal(expected, regressor.Predict(new float[,] { { 1, 2 }, { 0.5f, -1 } }).Predicted);
        Assert.Equal(expected, regressor.Predict((double[][])[[1, 2], [0.5, -1]]).Predicted);
        Assert.Equal(expected, regressor.Predict((float[][])[[1, 2], [0.5f, -1]]).Predicted);
        double[] one = new double[1];
        double[] other = new double[1];
        double[] variance = new double[1];
        Assert.Equal(regressor.Expected([1.0, 2.0], one), regressor.Expected([1f, 2f], other));
        Assert.Equal(one, other);
        Assert.Equal(regressor.Expected([1.0, 2.0], one, variance), regressor.Expected([1f, 2f], other, variance));
        Assert.Equal(regressor.Best([1.0, 2.0], one), regressor.Best([1f, 2f], other));
        Assert.Equal(one, other);
    }

    [Fact]
    public void Predict_OneRowWarm_AllocatesNothing()
    {
        (GaussianMixture model, double[] row) = Problem("full", 20, 16, 12, 1);
        float[] single = [.. row.Select(x => (float)x)];
        MixtureRegressor regressor = model.CreateRegressor([.. Enumerable.Range(0, 12)]);
        double[] predicted = new double[8];
        double[] covariance = new double[64];
        double[] weights = new double[16];
        double sum = 0;
        void Run()
        {
            sum += regressor.Expected(row, predicted) + regressor.Expected(row, predicted, covariance) + regressor.Best(row, predicted);
            sum += regressor.Expected(single, predicted) + regressor.Best(single, predicted);
            sum += regressor.Posterior(row, weights) + regressor.LogPosterior(row, weights);
        }

        Run();
        long allocated = long.MaxValue;
        for (int repetition = 0; repetition < 10; repetition++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++)
            {
                Run();
            }

            allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, allocated);
        Assert.True(double.IsFinite(sum));
    }

    [Fact]
    public void Predict_ManyThreadsOnOneRegressor_GiveTheSameBits()
    {
        (GaussianMixture model, double[] rows) = Problem("full", 6, 20, 3, 200);
        double[][] expected = new double[200][];
        MixtureRegressor alone = model.CreateRegressor([0, 1, 2]);
        for (int t = 0; t < 200; t++)
        {
            expected[t] = new double[12];
            alone.Expected(Row(rows, t, 3), expected[t], expected[t].AsSpan(3));
        }

        MixtureRegressor regressor = model.CreateRegressor([0, 1, 2]);
        int wrong = 0;
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, thread =>
        {
            double[] found = new double[12];
            for (int t = 0; t < 200; t++)
            {
                int row = (t + (25 * thread)) % 200;
                regressor.Expected(Row(rows, row, 3), found, found.AsSpan(3));
                Interlocked.Add(ref wrong, found.AsSpan().SequenceEqual(expected[row]) ? 0 : 1);
            }
        });
        Assert.Equal(0, wrong);
    }

    [Fact]
    public void Regressor_WrongArguments_AreNamed()
    {
        (GaussianMixture model, _) = Problem("full", 3, 2, 1, 1);
        MixtureRegressor regressor = model.CreateRegressor([0, 1]);
        Assert.Throws<VectorDataException>(() => regressor.Expected([1.0], new double[1]));
        Assert.Throws<VectorDataException>(() => regressor.Best([1.0, double.PositiveInfinity], new double[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => regressor.Expected([1.0, 2], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => regressor.Expected([1.0, 2], new double[1], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => regressor.Best([1.0, 2], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => regressor.Posterior([1.0, 2], new double[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => regressor.LogPosterior([1.0, 2], new double[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => regressor.ConditionalMean(2, [1.0, 2], new double[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => regressor.ConditionalCovariance(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => regressor.Predict(new double[1, 2], (RegressionKind)7));
        Assert.Throws<VectorDataException>(() => regressor.Predict(new double[,] { { 1, double.NaN } }));
    }

    private static double[] Row(double[] rows, int row, int width) => rows[(row * width)..((row + 1) * width)];

    private static void AssertNear(double[] expected, double[] actual, double tolerance)
    {
        double error = Near.RelativeError(expected, actual, 1);
        Assert.True(error <= tolerance, $"relative error {error:E2}, allowed {tolerance:E2}");
    }

    private static (GaussianMixture Model, double[] Rows) Problem(string structure, int dimension, int components, int given, int rows)
    {
        Random random = new((100 * dimension) + components);
        GaussianMixture model = RandomMixtures.Model(random, Structures.Make(structure, dimension), components);
        return (model, [.. RandomMixtures.Normals(random, rows * given).Select(x => 3 * x)]);
    }
}
