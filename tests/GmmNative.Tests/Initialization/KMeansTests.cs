using GmmNative.Estimation.Options;
using GmmNative.Execution;
using GmmNative.Initialization;
using GmmNative.Initialization.Clustering;
using GmmNative.Passes;
using GmmNative.Tests.Support;
using Xunit;

namespace GmmNative.Tests.Initialization;

/// <summary>Lloyd's iterations: what is remembered of the rows spares work and changes nothing.</summary>
public sealed class KMeansTests
{
    /// <summary>A tolerance that never stops, and that no sum of changes can keep the digits for.</summary>
    private const double SumsAllRows = -1;

    /// <summary>
    /// A tolerance that stops where nothing moves, and that sums of changes do for, except where clusters are tight and far apart.
    /// </summary>
    private const double SumsChanges = 1e-11;

    [Theory]
    [InlineData(1, 1, 50)]
    [InlineData(1, 7, 300)]
    [InlineData(2, 8, 1000)]
    [InlineData(3, 20, 2000)]
    [InlineData(13, 40, 1500)]
    [InlineData(39, 64, 1200)]
    [InlineData(4, 520, 3000)]
    public void Run_RandomRows_EndsWherePlainLloydDoes(int dimension, int clusters, int rows)
    {
        Random random = new(dimension);
        double[] x = RandomMixtures.Normals(random, rows * dimension);
        double[] start = x[..(clusters * dimension)];
        AssertAsPlain(x, dimension, start, 30);
    }

    [Theory]
    [InlineData(1e9)]
    [InlineData(-1e-9)]
    public void Run_TightClustersFarApart_EndsWherePlainLloydDoes(double scale)
    {
        Random random = new(2);
        double[] x = [.. Enumerable.Range(0, 2 * 900).Select(
            i => scale * ((1000.0 * (i / 2 % 30)) + (1e-3 * RandomMixtures.Normal(random))))];
        double[] start = [.. Enumerable.Range(0, 2 * 24).Select(i => x[i * 5 % x.Length] + (scale * random.NextDouble()))];
        AssertAsPlain(x, 2, start, 40);
    }

    [Fact]
    public void Run_CentroidsThatJump_EndsWherePlainLloydDoes()
    {
        // Mending moves centroids by more than any iteration does: what is remembered must not outlive it.
        Random random = new(3);
        double[] x = RandomMixtures.Normals(random, 3 * 1200);
        void Jump(double[] centroids, ClusterSums sums)
        {
            int k = (int)(sums.Counts[0] % 30);
            x.AsSpan((int)(sums.Counts[k] % 1200) * 3, 3).CopyTo(centroids.AsSpan(k * 3));
        }

        AssertAsPlain(x, 3, x[..90], 25, Jump);
    }

    [Fact]
    public void Run_RowsOnAGrid_GivesTiesToTheFirst()
    {
        // Rows halfway between centroids, exactly.
        double[] x = [.. Enumerable.Range(0, 21 * 21).SelectMany(i => (double[])[i % 21, i / 21])];
        double[] start = [.. Enumerable.Range(0, 36).SelectMany(i => (double[])[4 * (i % 6), 4 * (i / 6)])];
        AssertAsPlain(x, 2, start, 1);
        AssertAsPlain(x, 2, [.. start, .. start], 1);
    }

    [Theory]
    [InlineData(1, null, SumsAllRows)]
    [InlineData(2, 1, SumsAllRows)]
    [InlineData(3, 700, SumsAllRows)]
    [InlineData(8, 17, SumsAllRows)]
    [InlineData(1, null, SumsChanges)]
    [InlineData(3, 17, SumsChanges)]
    public void Run_AnyThreadsAndBatches_GivesTheSameBits(int threads, int? batch, double tolerance)
    {
        double[] x = RandomMixtures.Normals(new Random(4), 5 * 4000);
        double[] expected = x[..200];
        double distance = Run(
            VectorSource.From((ReadOnlyMemory<double>)x, 5), expected, 30, null, new ExecutionOptions { Threads = 2 }, tolerance).Distance;
        foreach (IVectorSource source in (
            IVectorSource[])[VectorSource.From((ReadOnlyMemory<double>)x, 5), Batches.Of(x, 5), new ScriptedSource(5, _ => x, 3)])
        {
            double[] centroids = x[..200];
            ClusterSums sums = Run(source, centroids, 30, null, new ExecutionOptions { Threads = threads, BatchSize = batch }, tolerance);
            Bits.AssertSame(expected, centroids, "centroids");
            Assert.Equal(distance, sums.Distance);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    public void Run_UntilUnchanged_EndsWhereNoRowChangesItsCluster(int clusters)
    {
        double[] x = RandomMixtures.Normals(new Random(8), 3 * 2000);
        double[] centroids = x[..(3 * clusters)];
        double[] early = [.. centroids];
        IVectorSource rows = VectorSource.From((ReadOnlyMemory<double>)x, 3);
        ClusterSums sums = Run(rows, centroids, 300, null, new ExecutionOptions(), SumsChanges, untilUnchanged: true);
        Assert.Equal(0, sums.Changes);
        double[] next = [.. centroids];
        PlainPass(x, 3, next);
        for (int i = 0; i < next.Length; i++)
        {
            Assert.Equal(next[i], centroids[i], 1e-12);
        }

        // The tolerance alone ends earlier, unless there is one cluster.
        double distance = Run(rows, early, 300, null, new ExecutionOptions(), 1e-3).Distance;
        Assert.True(clusters == 1 ? distance == sums.Distance : distance > sums.Distance, $"{distance} and {sums.Distance}");
    }

    [Fact]
    public void Assign_RowsTooManyToRemember_FindsTheNearest()
    {
        double[] x = RandomMixtures.Normals(new Random(5), 3 * 500);
        ExecutionPlan execution = ExecutionPlan.From(new ExecutionOptions());
        DataSummary summary = DataSummary.Of(VectorSource.From((ReadOnlyMemory<double>)x, 3), execution, default);
        double[] centroids = x[..150];
        DistanceBounds memory = new(centroids, summary.OfSample(1L << 40), About0(summary));
        Assert.False(memory.IsKept);
        Codebook codebook = new(centroids, About0(summary), memory, execution);
        using ChunkAssignment assignment = new(codebook, 500);
        for (int pass = 0; pass < 2; pass++)
        {
            assignment.Assign(new RowChunk(x, 500, 0));
            memory.CompletePass();
            for (int t = 0; t < 500; t++)
            {
                Assert.Equal(Nearest(centroids, x.AsSpan(3 * t, 3)).Label, assignment.Labels[t]);
            }
        }
    }

    [Fact]
    public void Bounds_AfterMoves_AreNeverAboveTheDistances()
    {
        Random random = new(6);
        double[] x = RandomMixtures.Normals(random, 4 * 600);
        ExecutionPlan execution = ExecutionPlan.From(new ExecutionOptions());
        DataSummary summary = DataSummary.Of(VectorSource.From((ReadOnlyMemory<double>)x, 4), execution, default);
        double[] centroids = x[..(4 * 70)];
        DistanceBounds memory = new(centroids, summary, About0(summary));
        int spared = 0;
        for (int pass = 0; pass < 20; pass++)
        {
            memory.MoveTo(centroids);
            using ChunkAssignment assignment = new(new Codebook(centroids, About0(summary), memory, execution), 600);
            assignment.Assign(new RowChunk(x, 600, 0));
            memory.CompletePass();
            for (int i = 0; i < centroids.Length; i++)
            {
                centroids[i] += 0.02 * RandomMixtures.Normal(random);
            }

            // A group that a row would be spared must not have a centroid nearer than the row's own.
            memory.MoveTo(centroids);
            for (int t = 0; t < 600; t++)
            {
                int label = memory.Labels(t, 1)[0];
                ReadOnlySpan<double> row = x.AsSpan(4 * t, 4);
                double own = Square(row, centroids.AsSpan(4 * label, 4));
                for (int k = 0; k < 70; k++)
                {
                    int group = memory.Grouping.GroupOf(k);
                    if (k != label && memory.Bounds(t, 1)[group] >= memory.Above(own) + memory.Drift[group])
                    {
                        spared++;
                        Assert.True(Square(row, centroids.AsSpan(4 * k, 4)) > own);
                    }
                }
            }
        }

        Assert.True(spared > 20 * 600 * 70 / 4, $"Only {spared} were spared.");
    }

    [Fact]
    public void Grouping_AnyCount_HoldsEachCentroidOnceAscendingInItsGroup()
    {
        for (int clusters = 1; clusters <= 70; clusters++)
        {
            CentroidGrouping grouping = new(RandomMixtures.Normals(new Random(clusters), 2 * clusters), 2, 8);
            Assert.Equal(Enumerable.Range(0, clusters), grouping.Places.Where(k => k >= 0).Order());
            for (int g = 0; g < grouping.Count; g++)
            {
                int[] own = [.. grouping.Places.AsSpan(8 * g, 8).ToArray().Where(k => k >= 0)];
                Assert.NotEmpty(own);
                Assert.Equal(own.Order(), own);
                Assert.All(own, k => Assert.Equal(g, grouping.GroupOf(k)));
            }
        }
    }

    private static void AssertAsPlain(
        double[] x, int dimension, double[] start, int iterations, Action<double[], ClusterSums>? repair = null)
    {
        double[] plain = [.. start];
        (double distance, double[] before) = (0, plain);
        for (int iteration = 1; iteration <= iterations; iteration++)
        {
            before = [.. plain];
            ClusterSums expected = PlainPass(x, dimension, plain);
            distance = expected.Distance;
            if (iteration < iterations)
            {
                repair?.Invoke(plain, expected);
            }
        }

        double size = x.Max(Math.Abs);
        foreach (double tolerance in (double[])[SumsAllRows, SumsChanges])
        {
            double[] centroids = [.. start];
            ClusterSums sums = Run(
                VectorSource.From((ReadOnlyMemory<double>)x, dimension), centroids, iterations, repair, new ExecutionOptions(), tolerance);
            for (int i = 0; i < plain.Length; i++)
            {
                Assert.Equal(plain[i], centroids[i], 1e-12 * size);
            }

            Assert.Equal(distance, sums.Distance, 1e-10 * distance);
            Assert.Equal(x.Length / dimension, sums.Counts.Sum());
        }
    }

    /// <summary>One of Lloyd's iterations, every row against every centroid.</summary>
    private static ClusterSums PlainPass(double[] x, int dimension, double[] centroids)
    {
        ClusterSums sums = new(centroids.Length / dimension, dimension);
        for (int t = 0; t < x.Length; t += dimension)
        {
            (int label, double square) = Nearest(centroids, x.AsSpan(t, dimension));
            sums.Counts[label]++;
            sums.Weights[label]++;
            sums.Distances[label] += square;
            for (int d = 0; d < dimension; d++)
            {
                sums.Sums[(label * dimension) + d] += x[t + d];
            }
        }

        for (int i = 0; i < centroids.Length; i++)
        {
            long count = sums.Counts[i / dimension];
            centroids[i] = count > 0 ? sums.Sums[i] / count : centroids[i];
        }

        return sums;
    }

    private static (int Label, double Square) Nearest(ReadOnlySpan<double> centroids, ReadOnlySpan<double> row)
    {
        (int label, double least) = (0, double.PositiveInfinity);
        for (int k = 0; k < centroids.Length / row.Length; k++)
        {
            double square = Square(row, centroids.Slice(k * row.Length, row.Length));
            (label, least) = square < least ? (k, square) : (label, least);
        }

        return (label, least);
    }

    private static double Square(ReadOnlySpan<double> row, ReadOnlySpan<double> centroid)
    {
        double square = 0;
        for (int d = 0; d < row.Length; d++)
        {
            square += (row[d] - centroid[d]) * (row[d] - centroid[d]);
        }

        return square;
    }

    /// <summary>The iterations themselves, about the origin instead of the mean, so that numbers compare as they are.</summary>
    private static ClusterSums Run(
        IVectorSource rows, double[] centroids, int iterations, Action<double[], ClusterSums>? repair, ExecutionOptions options,
        double tolerance = SumsAllRows, bool untilUnchanged = false)
    {
        ExecutionPlan execution = ExecutionPlan.From(options);
        TrainingData data = TrainingData.Of(rows, execution, default);
        CovarianceStructure structure = new(CovarianceKind.Diagonal, rows.Dimension);
        GmmOptions none = new() { Covariance = new() { VarianceFloor = 0 }, Update = new() { WeightFloor = 0 } };
        ResolvedOptions resolved = ResolvedOptions.ForReference(none, centroids.Length / rows.Dimension, structure);
        InitializationContext context = new()
        {
            Data = data,
            Scaling = About0(data.Summary),
            Structure = structure,
            Components = centroids.Length / rows.Dimension,
            Execution = execution,
            Maximization = UpdateSettings.For(resolved, data.Summary, execution, default),
            Random = new Random(0),
        };
        return new KMeans(context).Run(centroids, iterations, tolerance, repair, untilUnchanged);
    }

    private static RowScaling About0(DataSummary summary)
    {
        RowScaling scaling = new(summary, DistanceUnit.Raw);
        scaling.ExpansionPoint.AsSpan().Clear();
        return scaling;
    }
}
