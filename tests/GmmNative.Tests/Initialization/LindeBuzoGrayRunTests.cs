using GmmNative.Data;
using GmmNative.Data.Sources;
using GmmNative.Estimation.Options;
using GmmNative.Execution;
using GmmNative.Initialization;
using GmmNative.Initialization.Seeding;
using GmmNative.Passes;
using GmmNative.Tests.Support;
using Xunit;

namespace GmmNative.Tests.Initialization;

/// <summary>The splitting by itself: against its definition, and the samples that codebooks of many rows settle on.</summary>
public sealed class LindeBuzoGrayRunTests
{
    /// <summary>
    /// Rows, outliers among them, K, fewest rows of a cluster, perturbation; the clusters that are split anew after one pass of some
    /// seed, and whether some stay too small.
    /// </summary>
    [Theory]
    [InlineData(120, 0, 6, 1, 1e-5, 0, false)]
    [InlineData(120, 0, 7, 1, 0.3, 0, false)]
    [InlineData(120, 5, 4, 12, 0.3, 1, false)]
    [InlineData(300, 9, 16, 12, 0.3, 2, false)]
    [InlineData(60, 6, 8, 14, 0.5, 1, true)]
    [InlineData(40, 4, 7, 10, 0.5, 1, true)]
    public void Run_AnyRows_EndsWherePlainSplittingDoes(
        int count, int outliers, int components, int fewest, double perturbation, int mended, bool leavesSmall)
    {
        int mostMended = 0;
        int leftSmall = 0;
        for (int seed = 0; seed < 8; seed++)
        {
            // Columns of different scale, so that a perturbation in the wrong one's units shows.
            double[] rows = [.. RandomMixtures.Normals(new Random(seed + 100), 2 * count).Select((x, i) => i % 2 == 0 ? x : 30 * x)];
            for (int t = 0; t < outliers; t++)
            {
                rows[2 * t] += 300 * (1 + (t % 3));
            }

            LindeBuzoGrayOptions options = new()
            {
                Iterations = 6,
                Tolerance = 1e-3,
                MinDataPerCluster = fewest,
                PerturbationFactor = perturbation,
            };
            PlainLindeBuzoGray plain = new(rows, 2, components, options, new Random(seed));
            (long Count, double[] Mean)[] expected = plain.Run();
            GaussianMixture actual = new LindeBuzoGray(Context(Source(rows), components, seed), options).Run();
            for (int k = 0; k < components; k++)
            {
                Assert.Equal(expected[k].Count / (double)count, actual.Weights.Span[k], 1e-12);
                for (int d = 0; d < 2 && expected[k].Count > 0; d++)
                {
                    Assert.Equal(expected[k].Mean[d], actual.Mean(k)[d], 1e-9);
                }
            }

            mostMended = Math.Max(mostMended, plain.MostMended);
            leftSmall += plain.LeftSmall;
        }

        // What keeps the comparison from being one of runs in which nothing happens.
        Assert.True(mostMended >= mended, $"at most {mostMended} clusters were split anew after a pass");
        Assert.True(!leavesSmall || leftSmall > 0, "every small cluster was split anew");
    }

    [Theory]
    [InlineData(8191, 2, 0)]
    [InlineData(8192, 2, 4096)]
    [InlineData(40_000, 64, 4096)]
    [InlineData(40_000, 128, 8192)]
    [InlineData(40_000, 312, 19_968)]
    [InlineData(40_000, 313, 16_384)]
    public void Run_ManyRows_GrowsOnDistinctRowsOfTheWholeRange(int count, int components, int expected)
    {
        List<long> sampled = [];
        long passed = 0;
        WatchedSource source = new(RandomMixtures.Normals(new Random(1), count), 1, (first, rows) =>
        {
            lock (sampled)
            {
                if (rows == 1)
                {
                    sampled.Add(first);
                }
                else
                {
                    passed += rows;
                }
            }
        });
        InitializationContext context = Context(source, components, 3);
        sampled.Clear();
        passed = 0;
        new LindeBuzoGray(context, new LindeBuzoGrayOptions { Iterations = 1 }).Run();

        Assert.Equal(expected, sampled.Count);
        for (int i = 0; i < expected; i++)
        {
            Assert.InRange(sampled[i], (long)i * count / expected, ((i + 1L) * count / expected) - 1);
        }

        // One move of the final codebook on all rows and one to sum them up; without a sample, one for each size too.
        int sizes = 1 + LindeBuzoGray.Sizes(components).Count();
        int onAll = expected == 0 ? sizes : 1;
        Assert.Equal((onAll + 1L) * count, passed);
    }

    [Fact]
    public void Spread_AnyCount_DrawsOneRowOfEachPart()
    {
        double[] rows = [.. Enumerable.Range(0, 1003).Select(t => (double)t)];
        HashSet<double> seen = [];
        for (int seed = 0; seed < 200; seed++)
        {
            double[] drawn = RandomRows.Read(Source(rows, 1), RandomRows.Spread(1003, 100, new Random(seed)), default);
            Assert.Equal(100, drawn.Length);
            for (int i = 0; i < 100; i++)
            {
                Assert.InRange(drawn[i], 1003 * i / 100, (1003 * (i + 1) / 100) - 1);
            }

            seen.UnionWith(drawn);
        }

        Assert.Equal(1003, seen.Count);
    }

    [Fact]
    public void Spread_AsManyRowsAsThereAre_IsAllOfThem()
    {
        double[] rows = [.. Enumerable.Range(0, 20).Select(t => (double)t)];
        double[] drawn = RandomRows.Read(Source(rows, 2), RandomRows.Spread(10, 10, new Random(1)), default);
        Assert.Equal(rows, drawn);
    }

    private static IVectorSource Source(double[] rows, int dimension = 2) => VectorSource.From((ReadOnlyMemory<double>)rows, dimension);

    private static InitializationContext Context(IVectorSource rows, int components, int seed)
    {
        ExecutionPlan execution = ExecutionPlan.From(new ExecutionOptions { Threads = 1 });
        TrainingData data = TrainingData.Of(rows, execution, default);
        CovarianceStructure structure = Structures.Make("diagonal", rows.Dimension);
        ResolvedOptions resolved = ResolvedOptions.ForReference(new GmmOptions
        {
            Update = new() { WeightFloor = 0 },
        }, components, structure);
        return new InitializationContext
        {
            Data = data,
            Scaling = new RowScaling(data.Summary, DistanceUnit.Raw),
            Structure = structure,
            Components = components,
            Execution = execution,
            Maximization = UpdateSettings.For(resolved, data.Summary, execution, default),
            Random = new Random(seed),
        };
    }
}
