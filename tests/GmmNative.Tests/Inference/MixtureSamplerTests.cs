using GmmNative.Inference.Sampling;
using GmmNative.Interop;
using GmmNative.Interop.Kernels;
using GmmNative.Tests.Support;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Inference;

/// <summary>Drawn rows against their definition, on every backend, and what must not change them.</summary>
public sealed class MixtureSamplerTests
{
    public static TheoryData<string, int> Shapes
    {
        get
        {
            TheoryData<string, int> data = [];
            foreach (string structure in Structures.Names)
            {
                foreach (int dimension in (int[])[1, 2, 6, 9, 39])
                {
                    data.Add(structure, dimension);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Sample_AnyStructureAndBackend_IsTheMeanPlusTheFactorTimesTheNormals(string structure, int dimension)
    {
        const int Seed = -5;
        const int Count = 600;
        GaussianMixture model = RandomMixtures.Model(new Random(dimension), Structures.Make(structure, dimension), 3);
        int[] labels = new int[Count];
        new ComponentDraw(model.Weights.Span, new RandomKey(unchecked((ulong)Seed), 2)).Draw(0, labels);
        double[] expected = Expected(model, labels, new RandomKey(unchecked((ulong)Seed), 1));
        foreach (ExecutionOptions execution in Executions.All.Where(e => e.Path == NumericalPath.Auto))
        {
            double[,] rows = model.Sample(Count, out int[] found, Seed, execution);
            Assert.Equal(labels, found);
            double tolerance = execution.Precision == Precision.Double ? 1e-12 : 1e-4;
            int i = 0;
            foreach (double value in rows)
            {
                Assert.Equal(expected[i++], value, tolerance);
            }
        }
    }

    [Theory]
    [InlineData("diagonal", Precision.Double)]
    [InlineData("full", Precision.Double)]
    [InlineData("equalBlocks", Precision.Single)]
    public void Sample_AnyThreadsOrParts_HasTheSameBits(string structure, Precision precision)
    {
        const int Dimension = 6;
        const int Count = 5000;
        GaussianMixture model = RandomMixtures.Model(new Random(1), Structures.Make(structure, Dimension), 5);
        foreach (BackendKind backend in TestBackends.Kinds)
        {
            ExecutionOptions execution = new() { Backend = TestBackends.Get(backend), Precision = precision, Threads = 1 };
            double[,] expected = model.Sample(Count, out int[] labels, 3, execution);
            foreach (int threads in (int[])[2, 3, 8])
            {
                double[,] rows = model.Sample(Count, out int[] found, 3, execution with { Threads = threads });
                Bits.AssertSame(expected, rows, $"{backend}, {threads} threads");
                Assert.Equal(labels, found);
            }

            Bits.AssertSame(
                expected.Cast<double>().Take(700 * Dimension).ToArray(), [.. model.Sample(700, 3, execution).Cast<double>()], "fewer rows");
            MixtureSampler sampler = model.CreateSampler(3, execution);
            double[] parts = new double[Count * Dimension];
            for (int first = 0, size = 1; first < Count; first += size, size = Math.Min((size * 3) + 1, Count - first))
            {
                sampler.Sample(first, parts.AsSpan(first * Dimension, size * Dimension));
            }

            Bits.AssertSame([.. expected.Cast<double>()], parts, "parts");
        }
    }

    [Theory]
    [InlineData("diagonal", 3)]
    [InlineData("full", 6)]
    [InlineData("fullBlocks", 6)]
    [InlineData("equalBlocks", 6)]
    [InlineData("unequalBlocks", 5)]
    public void Sample_ManyRows_HasTheMomentsAndSharesOfTheModel(string structure, int dimension)
    {
        const int Count = 60_000;
        GaussianMixture model = RandomMixtures.Model(new Random(1), Structures.Make(structure, dimension), 3);
        double[,] rows = model.Sample(Count, out int[] labels, 11);
        double chiSquare = 0;
        for (int k = 0; k < 3; k++)
        {
            int[] own = [.. Enumerable.Range(0, Count).Where(r => labels[r] == k)];
            double expected = Count * model.Weights.Span[k];
            chiSquare += Math.Pow(own.Length - expected, 2) / expected;
            for (int i = 0; i < dimension; i++)
            {
                double[] deviations = [.. own.Select(r => rows[r, i] - model.Mean(k)[i])];
                double variance = model.CovarianceAt(k, i, i);
                Assert.Equal(0, deviations.Average(), 5.5 * Math.Sqrt(variance / own.Length));
                for (int j = 0; j <= i; j++)
                {
                    // The variance of a product of two normal numbers is v_i v_j + v_ij^2.
                    double covariance = model.CovarianceAt(k, i, j);
                    double error = Math.Sqrt(((variance * model.CovarianceAt(k, j, j)) + (covariance * covariance)) / own.Length);
                    double found = own.Select((r, n) => deviations[n] * (rows[r, j] - model.Mean(k)[j])).Average();
                    Assert.Equal(covariance, found, 5.5 * error);
                }
            }
        }

        // Two degrees of freedom: 13.8 is exceeded with a probability of 0.001.
        Assert.InRange(chiSquare, 0, 13.8);
    }

    [Fact]
    public void Sample_OtherSeed_GivesOtherRowsAndComponents()
    {
        GaussianMixture model = RandomMixtures.Model(new Random(1), Structures.Make("full", 2), 4);
        double[,] rows = model.Sample(200, out int[] labels, 0);
        foreach (int seed in (int[])[1, -1, int.MinValue, int.MaxValue])
        {
            double[,] others = model.Sample(200, out int[] otherLabels, seed);
            Assert.Empty(rows.Cast<double>().Intersect(others.Cast<double>()));
            Assert.NotEqual(labels, otherLabels);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Sample_FewRows_AreTheFirstOfMany(int count)
    {
        GaussianMixture model = RandomMixtures.Model(new Random(1), Structures.Make("full", 3), 2);
        double[,] rows = model.Sample(count, out int[] labels);
        Assert.Equal((count, 3), (rows.GetLength(0), rows.GetLength(1)));
        Assert.Equal(count, labels.Length);
        Bits.AssertSame([.. model.Sample(50).Cast<double>().Take(3 * count)], [.. rows.Cast<double>()], "first rows");
    }

    [Fact]
    public void Labels_WeightsOfZero_AreNeverDrawn()
    {
        double[] weights = [0, 0.25, 0, 0, 0.5, 0.25, 0];
        ComponentDraw draw = new(weights, new RandomKey(0, 2));
        int[] labels = new int[100_000];
        draw.Draw(123, labels);
        Assert.Equal([1, 4, 5], labels.Distinct().Order());
        Assert.Equal(50_000, labels.Count(label => label == 4), 5 * Math.Sqrt(25_000));
        Assert.Equal(1, draw.Find(0));
        Assert.Equal(1, draw.Find(Math.BitDecrement(0.25)));
        Assert.Equal(4, draw.Find(0.25));
        Assert.Equal(5, draw.Find(0.75));
        Assert.Equal(5, draw.Find(Math.BitDecrement(1)));
    }

    [Fact]
    public void Labels_ManyComponents_HaveTheirShares()
    {
        Random random = new(3);
        double[] weights = [.. Enumerable.Range(0, 1000).Select(_ => -Math.Log(1 - random.NextDouble()))];
        double sum = weights.Sum();
        int[] labels = new int[2_000_000];
        new ComponentDraw([.. weights.Select(weight => weight / sum)], new RandomKey(1, 2)).Draw(0, labels);
        int[] counts = new int[1000];
        foreach (int label in labels)
        {
            counts[label]++;
        }

        // 999 degrees of freedom: mean 999, deviation sqrt(2 * 999).
        double chiSquare = counts.Zip(weights, (n, w) => Math.Pow(n - (labels.Length * w / sum), 2) / (labels.Length * w / sum)).Sum();
        Assert.Equal(999, chiSquare, 5 * Math.Sqrt(2 * 999));
    }

    [Fact]
    public void Sample_NearlySingularCovariance_StaysOnItsPlane()
    {
        // Eigenvalues 2 and 1e-12: the coordinates differ by about 1e-6.
        double correlation = 1 - 1e-12;
        GaussianMixture model = new(
            new CovarianceStructure(CovarianceKind.Full, 2), [1.0], [1e3, 1e3], [1, correlation, correlation, 1]);
        double[,] rows = model.Sample(10_000);
        double[] differences = [.. Enumerable.Range(0, 10_000).Select(r => rows[r, 0] - rows[r, 1])];
        Assert.Equal(Math.Sqrt(2e-12), Math.Sqrt(differences.Average(d => d * d)), 0.05 * Math.Sqrt(2e-12));
        Assert.Equal(1, Enumerable.Range(0, 10_000).Average(r => Math.Pow(rows[r, 0] - 1e3, 2)), 0.08);
    }

    [Fact]
    public void CreateSource_MoreRowsThanAnInt_IsReadAnywhere()
    {
        GaussianMixture model = RandomMixtures.Model(new Random(1), Structures.Make("full", 2), 3).WithColumns(["a", "b"]);
        MixtureSampler sampler = model.CreateSampler(1);
        using IRandomAccessVectorSource source = sampler.CreateSource(5_000_000_000);
        Assert.Equal(5_000_000_000, source.RowCount);
        Assert.Equal(["a", "b"], source.ColumnNames!);
        double[] rows = new double[8];
        source.Read(4_999_999_996, rows);
        double[] again = new double[8];
        sampler.Sample(4_999_999_996, again, new int[4]);
        Assert.Equal(rows, again);
        Assert.Throws<ArgumentOutOfRangeException>(() => source.Read(4_999_999_997, rows));
        Assert.Throws<ArgumentOutOfRangeException>(() => source.Read(-1, rows));
    }

    [Fact]
    public void Sampler_WrongArguments_Throw()
    {
        GaussianMixture model = RandomMixtures.Model(new Random(1), Structures.Make("full", 2), 3);
        MixtureSampler sampler = model.CreateSampler();
        Assert.Throws<ArgumentOutOfRangeException>(() => sampler.Sample(-1, new double[2]));
        Assert.Throws<ArgumentException>(() => sampler.Sample(0, new double[3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => sampler.Sample(0, new double[4], new int[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => sampler.Labels(-1, new int[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => sampler.CreateSource(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Sample(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Sample(-1, out _));
        Assert.Contains(
            "too many for one array",
            Assert.Throws<ArgumentOutOfRangeException>(() =>
                RandomMixtures.Model(new Random(1), Structures.Make("diagonal", 39), 1).Sample(int.MaxValue)).Message,
            StringComparison.Ordinal);
        Assert.Throws<OperationCanceledException>(() => model.Sample(10, cancellationToken: new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Sample_ManyThreadsOnOneSampler_GivesTheSameRows()
    {
        GaussianMixture model = RandomMixtures.Model(new Random(1), Structures.Make("full", 3), 3);
        MixtureSampler sampler = model.CreateSampler(9);
        double[] expected = new double[3 * 4000];
        sampler.Sample(0, expected);
        double[][] parts = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() =>
        {
            double[] part = new double[300];
            sampler.Sample(100 * ((i * 7) % 40), part);
            return part;
        })));
        for (int i = 0; i < 40; i++)
        {
            Assert.Equal(expected.AsSpan(300 * ((i * 7) % 40), 300).ToArray(), parts[i]);
        }
    }

    [Theory]
    [InlineData(1, 1, 512)]
    [InlineData(39, 64, 4096)]
    [InlineData(128, 256, 2048)]
    [InlineData(1000, 4, 256)]
    [InlineData(1_000_000, 4, 16)]
    public void RowsFor_AnyShape_IsWholeUnitsAndBounded(int dimension, int components, int expected) =>
        Assert.Equal(expected, BlockSampling<double>.RowsFor(dimension, components));

    /// <summary>Rows the plain way: the mean plus the Cholesky factor times the normals, with the coordinates ordered by group.</summary>
    private static double[] Expected(GaussianMixture model, int[] labels, RandomKey key)
    {
        int n = model.Dimension;
        int[] order = [.. model.Structure.Groups.SelectMany(group => group)];
        DenseMatrix[] factors = [.. Enumerable.Range(0, model.ComponentCount).Select(k =>
            DenseMatrix.From(n, n, (i, j) => model.CovarianceAt(k, order[i], order[j])).Cholesky().LowerTriangle())];
        double[] normals = new double[(labels.Length + 16) / 16 * 16 * n];
        RandomNumbers.Normals(key, 0, normals);
        double[] rows = new double[labels.Length * n];
        for (int i = 0; i < rows.Length; i++)
        {
            (int row, int place) = Math.DivRem(i, n);
            DoubleDouble sum = model.Mean(labels[row])[order[place]];
            for (int j = 0; j <= place; j++)
            {
                sum += factors[labels[row]][place, j] * (DoubleDouble)normals[(row * n) + j];
            }

            rows[(row * n) + order[place]] = sum.High;
        }

        return rows;
    }
}
