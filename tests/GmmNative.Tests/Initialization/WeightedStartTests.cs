using GmmNative.Tests.Support;
using Xunit;

namespace GmmNative.Tests.Initialization;

/// <summary>Starts and whole trainings of rows with weights.</summary>
[Trait("Lane", "Slow")]
public sealed class WeightedStartTests
{
    private const int Dimension = 2;

    public static TheoryData<InitializationMethod> Methods => [.. Enum.GetValues<InitializationMethod>()];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Fit_WeightsOfOne_ChangeNoBit(InitializationMethod method)
    {
        double[] rows = Blobs(3000);
        GmmFitResult plain = Train(rows, null, method);
        foreach (double weight in (double[])[1, 1.0 / 1024])
        {
            GmmFitResult weighted = Train(rows, [.. Enumerable.Repeat(weight, 3000)], method);
            Bits.AssertSame(plain.Model, weighted.Model, "equal weights");
            Assert.Equal(plain.AverageLogLikelihood, weighted.AverageLogLikelihood);
            Assert.Equal(plain.History.Select(i => i.AverageLogLikelihood), weighted.History.Select(i => i.AverageLogLikelihood));
            Assert.Equal(plain.TotalWeight * weight, weighted.TotalWeight);
            Assert.Equal(plain.RowCount, weighted.RowCount);
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Fit_RowsOfWeightZero_AreAsRemoved(InitializationMethod method)
    {
        // Far from the other rows, and between them.
        double[] rows = Blobs(3000);
        double[] weights = [.. Enumerable.Range(0, 3000).Select(t => t % 7 is 0 or 3 ? 0.0 : 0.1 + (t % 5))];
        double[] disturbed = [.. rows.Select((x, i) => weights[i / Dimension] == 0 ? 1e6 * x : x)];
        int[] kept = [.. Enumerable.Range(0, 3000).Where(t => weights[t] > 0)];
        GmmFitResult expected = Train(
            [.. kept.SelectMany(t => rows.AsSpan(t * Dimension, Dimension).ToArray())], [.. kept.Select(t => weights[t])], method);
        GmmFitResult actual = Train(disturbed, weights, method);
        Bits.AssertSame(expected.Model, actual.Model, "rows of weight 0");
        Assert.Equal(expected.TotalLogLikelihood, actual.TotalLogLikelihood);
        Assert.Equal(3000, actual.RowCount);
        GmmFitResult sequence = Train(new ScriptedSource(Dimension, _ => disturbed, 99).WithRowWeights(weights), method);
        Bits.AssertSame(expected.Model, sequence.Model, "a sequence of rows");
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Fit_RowsOfWeightZeroAnyStructure_ChangeNoDraw(InitializationMethod method)
    {
        double[] rows = Blobs(900);
        double[] weights = [.. Enumerable.Range(0, 900).Select(t => t % 4 == 1 ? 0.0 : 1 + (t % 3))];
        double[] disturbed = [.. rows.Select((x, i) => weights[i / Dimension] == 0 ? -1e6 * x : x)];
        double[] kept = [.. rows.Where((_, i) => weights[i / Dimension] > 0)];
        foreach (string name in Structures.All)
        {
            CovarianceStructure structure = Structures.Make(name, Dimension);
            GaussianMixtureTrainer trainer = new(4, new GmmOptions
            {
                Covariance = new() { Kind = structure.Kind, BlockSizes = structure.BlockSizes },
                Start = new() { Method = method, Seed = 3, Restarts = 2 },
                Stopping = new() { Iterations = 3, Tolerance = 0 },
            });
            GmmFitResult expected = trainer.Fit(kept, Dimension, rowWeights: weights.Where(weight => weight > 0).ToArray());
            GmmFitResult actual = trainer.Fit(disturbed, Dimension, rowWeights: weights);
            Bits.AssertSame(expected.Model, actual.Model, name);
            Assert.Equal(expected.TotalLogLikelihood, actual.TotalLogLikelihood);
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Fit_AnyThreadsAndBatches_GivesTheSameBits(InitializationMethod method)
    {
        // More rows than any sample holds.
        double[] rows = Blobs(24_000);
        double[] weights = [.. Enumerable.Range(0, 24_000).Select(t => t % 11 / 3.0)];
        GaussianMixture expected = Train(rows, weights, method, new ExecutionOptions { Threads = 1 }).Model;
        GaussianMixture actual = Train(rows, weights, method, new ExecutionOptions { Threads = 3, BatchSize = 700 }).Model;
        Bits.AssertSame(expected, actual, "three threads");
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Fit_WeightsThatSelectOneHalf_FindsItsClusters(InitializationMethod method)
    {
        // Four clusters matter, and three others have 1e-12 of the weight.
        double[] rows = Blobs(2800, 7);
        double[] weights = [.. Enumerable.Range(0, 2800).Select(t => t % 7 < 4 ? 1e12 : 1.0)];
        int[] heavy = [.. Enumerable.Range(0, 2800).Where(t => t % 7 < 4)];
        double[] subset = [.. heavy.SelectMany(t => rows.AsSpan(t * Dimension, Dimension).ToArray())];
        double Best(Func<int, double> train) => Enumerable.Range(0, 4).Max(train);
        double expected = Best(seed => Train(subset, null, method, seed: seed).AverageLogLikelihood);
        double actual = Best(seed => Train(rows, weights, method, seed: seed).AverageLogLikelihood);
        Assert.Equal(expected, actual, 0.02);
    }

    [Theory]
    [InlineData(1e-12)]
    [InlineData(1e12)]
    [InlineData(1e-100)]
    [InlineData(1e100)]
    public void Fit_WeightsOfAnotherScale_GivesTheSameModel(double scale)
    {
        double[] rows = Blobs(1500);
        double[] weights = [.. Enumerable.Range(0, 1500).Select(t => 0.5 + (t % 5))];
        foreach (Precision precision in Enum.GetValues<Precision>())
        {
            ExecutionOptions execution = new() { Precision = precision };
            GmmFitResult expected = Train(rows, weights, InitializationMethod.Auto, execution);
            double[] scaled = [.. weights.Select(weight => weight * scale)];
            GmmFitResult actual = Train(rows, scaled, InitializationMethod.Auto, execution);
            Assert.Equal(expected.AverageLogLikelihood, actual.AverageLogLikelihood, precision == Precision.Double ? 1e-9 : 1e-4);
            Assert.Equal(1, actual.TotalWeight / expected.TotalWeight / scale, 1e-12);
        }
    }

    [Theory]
    [InlineData(10)]
    [InlineData(1)]
    public void Fit_FewerPositiveWeightsThanComponents_Warns(int positive)
    {
        double[] weights = [.. Enumerable.Range(0, 50).Select(t => t < positive ? 2.0 : 0)];
        GmmFitResult result = new GaussianMixtureTrainer(12).Fit(Blobs(50), Dimension, rowWeights: weights);
        Assert.Contains(result.Diagnostics.Warnings, w => w.Contains($"only {positive} rows of positive weight", StringComparison.Ordinal));
    }

    private static GmmFitResult Train(
        double[] rows, double[]? weights, InitializationMethod method, ExecutionOptions? execution = null, int seed = 1) => Train(
        VectorSource.From((ReadOnlyMemory<double>)rows, Dimension).WithRowWeights(weights), method, execution, seed);

    private static GmmFitResult Train(
        IVectorSource rows, InitializationMethod method, ExecutionOptions? execution = null, int seed = 1) =>
        new GaussianMixtureTrainer(4, new GmmOptions
        {
            Start = new() { Method = method, Seed = seed },
            Stopping = new() { Iterations = 100 },
            Execution = execution ?? new ExecutionOptions(),
        }).Fit(rows);

    private static double[] Blobs(int count, int clusters = 4)
    {
        Random random = new(5);
        double[] centers = [.. RandomMixtures.Normals(random, Dimension * clusters).Select(x => 12 * x)];
        return [.. Enumerable.Range(0, count).SelectMany(t => Enumerable.Range(0, Dimension).Select(
            d => centers[(t % clusters * Dimension) + d] + RandomMixtures.Normal(random)))];
    }
}
