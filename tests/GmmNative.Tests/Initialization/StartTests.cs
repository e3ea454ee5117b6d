using GmmNative.Data.Sources;
using GmmNative.Estimation.Options;
using GmmNative.Estimation.Selection;
using GmmNative.Tests.Support;
using Xunit;

namespace GmmNative.Tests.Initialization;

/// <summary>What holds for every start, and for the choice among them.</summary>
public sealed class StartTests
{
    public static TheoryData<InitializationMethod> Methods => [.. Enum.GetValues<InitializationMethod>()];

    [Theory]
    [MemberData(nameof(Methods))]
    [Trait("Lane", "Slow")]
    public void Fit_AnyThreadsAndBatches_GivesTheSameBits(InitializationMethod method)
    {
        // More rows than any sample holds.
        double[] rows = Blobs(new Random(1), 24_000, 3, 4);
        GaussianMixture Train(IVectorSource source, int threads, int? batch) => new GaussianMixtureTrainer(4, new GmmOptions
        {
            Start = new() { Method = method },
            Stopping = new() { Iterations = 2 },
            Execution = new ExecutionOptions { Threads = threads, BatchSize = batch },
        }).Fit(source).Model;
        GaussianMixture expected = Train(Source(rows, 3), 1, null);
        Bits.AssertSame(expected, Train(Source(rows, 3), 3, 700), "three threads");
        Bits.AssertSame(expected, Train(Batches.Of(rows, 3), 2, null), "batches");
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Fit_ColumnInOtherUnits_ChangesNothingElse(InitializationMethod method)
    {
        double[] rows = Blobs(new Random(2), 600, 3, 5);
        double[] scaled = [.. rows.Select((x, i) => i % 3 == 1 ? Math.ScaleB(x, 20) : x)];
        GmmOptions options = new()
        {
            Covariance = new() { VarianceFloor = 0, Kind = CovarianceKind.Full },
            Start = new() { Method = method, Seed = 3 },
        };
        GmmFitResult one = new GaussianMixtureTrainer(5, options).Fit(Source(rows, 3));
        GmmFitResult other = new GaussianMixtureTrainer(5, options).Fit(Source(scaled, 3));
        Assert.Equal(one.AverageLogLikelihood - (20 * Math.Log(2)), other.AverageLogLikelihood, 1e-9);
        Assert.Equal(one.Model.Labels(Source(rows, 3)), other.Model.Labels(Source(scaled, 3)));
    }

    [Fact]
    public void Fit_RawDistances_FollowTheLargeColumn()
    {
        double[] rows = Blobs(new Random(2), 600, 2, 5);
        double[] scaled = [.. rows.Select((x, i) => i % 2 == 1 ? Math.ScaleB(x, 20) : x)];
        GaussianMixture Start(double[] x, DistanceUnit unit) => new GaussianMixtureTrainer(
            5, new GmmOptions
            {
                Start = new() { Method = InitializationMethod.KMeansPlusPlus, Distances = unit },
                Stopping = new() { Iterations = 1, Tolerance = 0 },
            }).Fit(
            Source(x, 2)).Model;
        Assert.Equal(
            Start(rows, DistanceUnit.Deviations).Labels(Source(rows, 2)), Start(scaled, DistanceUnit.Deviations).Labels(Source(scaled, 2)));
        Assert.NotEqual(Start(rows, DistanceUnit.Raw).Labels(Source(rows, 2)), Start(scaled, DistanceUnit.Raw).Labels(Source(scaled, 2)));
    }

    [Theory]
    [InlineData(4096)]
    [InlineData(1024)]
    [InlineData(64)]
    [InlineData(16)]
    [InlineData(8)]
    [InlineData(7)]
    [InlineData(4)]
    public void LindeBuzoGray_RowsThatRepeatWithAPeriod_EndAsShuffledOnesDo(int period)
    {
        // Every stride of a sample that a period divides would see the rows of one cluster only.
        int count = 1 << 16;
        Random random = new(period);
        double[] centers = [.. RandomMixtures.Normals(random, 2 * Math.Min(period, 8)).Select(x => 20 * x)];
        double[] rows = [.. Enumerable.Range(0, count).SelectMany(t =>
        {
            int c = t % period * 8 / Math.Max(period, 8);
            return (double[])[centers[2 * c] + RandomMixtures.Normal(random), centers[(2 * c) + 1] + RandomMixtures.Normal(random)];
        })];
        int[] order = [.. Enumerable.Range(0, count)];
        random.Shuffle(order);
        double[] shuffled = [.. order.SelectMany(t => rows.AsSpan(2 * t, 2).ToArray())];
        double Train(double[] x, int seed) =>
            new GaussianMixtureTrainer(4, new GmmOptions { Start = new() { Method = InitializationMethod.LindeBuzoGray, Seed = seed } })
            .Fit(Source(x, 2)).AverageLogLikelihood;
        double worst = Enumerable.Range(0, 6).Min(seed => Train(shuffled, seed));
        Assert.True(Train(rows, 0) >= worst - 0.05, $"{Train(rows, 0):F3}, shuffled at worst {worst:F3}");
    }

    public static TheoryData<double, int, int, Precision> ScalesApart
    {
        get
        {
            TheoryData<double, int, int, Precision> data = [];
            foreach (Precision precision in Enum.GetValues<Precision>())
            {
                data.Add(1e2, 2, 6, precision);
                data.Add(1e4, 2, 7, precision);
                data.Add(1e4, 1, 7, precision);
                data.Add(1e6, 3, 6, precision);
                data.Add(1e6, 2, 8, precision);
                data.Add(1e9, 3, 7, precision);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(ScalesApart))]
    public void Random_ClustersFarSmallerThanTheirDistances_EndsWithDifferentComponents(
        double ratio, int dimension, int components, Precision precision)
    {
        // Two clusters of deviation 1 side by side, and two more so far away that the distance alone makes the variances of all data.
        Random random = new(7);
        double[] rows = [.. Enumerable.Range(0, 600 * dimension).Select(i => RandomMixtures.Normal(random)
            + (i / dimension % 2 == 0 ? 0 : 8) + (i / dimension % 4 < 2 ? ratio : 0))];
        for (int seed = 0; seed < 3; seed++)
        {
            GmmOptions options = new() { Start = new() { Seed = seed }, Execution = new ExecutionOptions { Precision = precision } };
            GmmFitResult result = new GaussianMixtureTrainer(components, options with
            {
                Start = options.Start with { Method = InitializationMethod.Random },
            }).Fit(
                Source(rows, dimension));
            double other = new GaussianMixtureTrainer(components, options with
            {
                Start = options.Start with { Method = InitializationMethod.KMeansPlusPlus },
            })
                .Fit(Source(rows, dimension)).AverageLogLikelihood;
            Assert.Empty(result.Diagnostics.EqualComponents);
            Assert.True(result.AverageLogLikelihood > other - 0.5, $"seed {seed}: {result.AverageLogLikelihood:F3}, k-means++ {other:F3}");
        }
    }

    [Theory]
    [InlineData(1e6, 1)]
    [InlineData(1e9, 1)]
    [InlineData(1e9, 3)]
    [InlineData(1e12, 2)]
    [InlineData(1e15, 3)]
    public void Random_FewRowsFarAwayInSinglePrecision_LeavesTheStart(double distance, int dimension)
    {
        Random random = new(9);
        double[] rows = [.. Enumerable.Range(0, 3000 * dimension).Select(
            i => RandomMixtures.Normal(random) + (i / dimension % 2 == 0 ? 0 : 6))];
        foreach (int row in (int[])[0, 17, 2999])
        {
            rows.AsSpan(row * dimension, dimension).Fill(row == 17 ? -distance : distance);
        }

        double Train(Precision precision) => new GaussianMixtureTrainer(4, new GmmOptions
        {
            Start = new() { Method = InitializationMethod.Random },
            Execution = new ExecutionOptions { Precision = precision },
        }).Fit(Source(rows, dimension)).AverageLogLikelihood;
        Assert.Equal(Train(Precision.Double), Train(Precision.Single), 0.5);
    }

    [Fact]
    public void Spread_AnyRows_TakesOneOfEachPart()
    {
        double[] numbers = [.. Enumerable.Range(0, 1003).Select(i => (double)i)];
        HashSet<double> seen = [];
        for (int seed = 0; seed < 40; seed++)
        {
            double[] rows = RandomRows.Read(Source(numbers, 1), RandomRows.Spread(1003, 100, new Random(seed)), default);
            Assert.Equal(100, rows.Length);
            for (int i = 0; i < 100; i++)
            {
                Assert.InRange(rows[i], (1003L * i) / 100, ((1003L * (i + 1)) / 100) - 1);
                seen.Add(rows[i]);
            }
        }

        // 40 draws from parts of ten: one row in 68 is expected to be missed.
        Assert.InRange(seen.Count, 960, 1003);
    }

    [Fact]
    [Trait("Lane", "Slow")]
    public void Auto_EightBlobs_EndsInTheBestOptimum()
    {
        for (int seed = 0; seed < 4; seed++)
        {
            double[] rows = Blobs(new Random(100 + seed), 2000, 3, 8);
            GmmOptions options = new() { Covariance = new() { Kind = CovarianceKind.Full }, Start = new() { Seed = seed } };
            double auto = new GaussianMixtureTrainer(8, options).Fit(Source(rows, 3)).AverageLogLikelihood;
            foreach (InitializationMethod method in Enum.GetValues<InitializationMethod>())
            {
                double single = new GaussianMixtureTrainer(8, options with
                {
                    Start = options.Start with { Method = method, Seed = seed + 7 },
                }).Fit(
                    Source(rows, 3)).AverageLogLikelihood;
                Assert.True(auto >= single - 0.05, $"seed {seed}: auto {auto:F4}, {method} {single:F4}");
            }
        }
    }

    [Theory]
    [InlineData(2000, 3, 8, "full")]
    [InlineData(40_000, 39, 64, "diagonal")]
    [InlineData(1_000_000, 64, 64, "diagonal")]
    [InlineData(20_000, 128, 16, "full")]
    [InlineData(100, 1, 1, "diagonal")]
    [InlineData(50_000_000, 13, 8, "diagonal")]
    [InlineData(6000, 400, 3, "full")]
    [InlineData(3000, 1500, 4, "full")]
    [InlineData(6000, 5000, 1, "full")]
    public void StartBudget_AnyShape_KeepsToWhatIsAllowed(long rows, int dimension, int components, string structure)
    {
        CovarianceStructure made = Structures.Make(structure, dimension);
        StartBudget budget = new(made, components, rows, StartLimits.Training);
        Assert.InRange(budget.SampleRows, 1, Math.Min(rows, Math.Max(20_000, 64 * components)));
        double features = dimension + made.Groups.Sum(g => g.Count * (g.Count + 1) / 2.0);
        double products = 2 * features * components;
        double factors = components * made.Groups.Where(g => g.Count > 1).Sum(g => Math.Pow(g.Count, 3));

        // Half as many starts, twice as many iterations: each round costs as much as the first.
        double spent = 0;
        for (int starts = budget.Starts, iterations = budget.FirstIterations; starts > 1; starts /= 2, iterations *= 2)
        {
            spent += starts * iterations * ((products * budget.SampleRows) + factors);
        }

        Assert.True(budget.Starts >= 2 || components == 1);
        Assert.True(spent <= Math.Max(5 * ((products * rows) + factors), 2e10), $"{budget.Starts} starts, {spent:E1}");
    }

    [Fact]
    public void StartBudget_OneComponent_TriesOneStart() =>
        // Whatever the start, one component ends after one iteration.
        Assert.Equal(1, new StartBudget(Structures.Make("full", 3), 1, 1000, StartLimits.Training).Starts);

    private static IVectorSource Source(double[] rows, int dimension) => VectorSource.From((ReadOnlyMemory<double>)rows, dimension);

    private static double[] Blobs(Random random, int count, int dimension, int blobs)
    {
        double[] centers = [.. RandomMixtures.Normals(random, blobs * dimension).Select(x => 10 * x)];
        return [.. Enumerable.Range(0, count * dimension).Select(
            i => centers[(i / dimension % blobs * dimension) + (i % dimension)] + RandomMixtures.Normal(random))];
    }
}
